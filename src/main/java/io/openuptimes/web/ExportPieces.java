package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.http.Pieces;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services as JSON or line by line; a piece is made when the client has taken those before. */
final class ExportPieces implements Pieces {

    private final List<Service> services;
    private final Disclosure disclosure;
    private final boolean lines;
    private int at;
    private boolean ended;

    /**
     * @param disclosure what the caller may see of them
     * @param lines one service per line; else one JSON object
     */
    ExportPieces(List<Service> services, Disclosure disclosure, boolean lines) {
        this.services = services;
        this.disclosure = disclosure;
        this.lines = lines;
    }

    @Override
    public Future<@Nullable Buffer> next() {
        if (ended) {
            return Future.succeededFuture(null);
        }
        Buffer piece = Buffer.buffer(at == 0 && !lines ? "{\"services\":[" : "");
        while (at < services.size() && piece.length() < SIZE) {
            if (at > 0 && !lines) {
                piece.appendString(",\n");
            }
            piece.appendBuffer(new JsonObject(ServiceView.of(services.get(at++), disclosure)).toBuffer());
            if (lines) {
                piece.appendString("\n");
            }
        }
        if (at == services.size()) {
            ended = true;
            piece.appendString(lines ? "" : "]}\n");
        }
        return Future.succeededFuture(piece);
    }
}
