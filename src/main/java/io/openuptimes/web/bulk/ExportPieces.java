package io.openuptimes.web.bulk;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.http.Pieces;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services in one of the forms; a piece is made when the client has taken those before. */
public final class ExportPieces implements Pieces {

    private final List<Service> services;
    private final Disclosure disclosure;
    private final ExportForm form;
    private int at;
    private boolean ended;

    /**
     * @param disclosure what the caller may see of them
     */
    public ExportPieces(List<Service> services, Disclosure disclosure, ExportForm form) {
        this.services = services;
        this.disclosure = disclosure;
        this.form = form;
    }

    @Override
    public Future<@Nullable Buffer> next() {
        if (ended) {
            return Future.succeededFuture(null);
        }
        Buffer piece = Buffer.buffer(at == 0 ? form.head() : "");
        while (at < services.size() && piece.length() < SIZE) {
            piece.appendString(form.entry(ServiceView.of(services.get(at), disclosure), at == 0));
            at++;
        }
        if (at == services.size()) {
            ended = true;
            piece.appendString(form.end(at > 0));
        }
        return Future.succeededFuture(piece);
    }
}
