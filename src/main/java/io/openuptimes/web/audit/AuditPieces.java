package io.openuptimes.web.audit;

import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.AuditPage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.web.http.Pieces;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The audit log as lines of JSON. The next page is read when the client has consumed the previous one.
 *
 * <p>Belongs to one event loop.
 */
public final class AuditPieces implements Pieces {

    /** Maximum memory of a page, in bytes. */
    public static final int MEMORY = 1024 * 1024;

    private static final int PAGE = 200;

    private final Bus bus;
    private final ReadAudit wanted;
    private final Function<AuditEntry, JsonObject> form;
    private final Promise<Void> closed = Promise.promise();
    private @Nullable String cursor;
    private long left;
    private boolean more = true;

    /**
     * @param limit maximum number of entries
     * @param form renders an entry
     */
    public AuditPieces(Bus bus, ReadAudit wanted, long limit, Function<AuditEntry, JsonObject> form) {
        this.bus = bus;
        this.wanted = wanted;
        this.cursor = wanted.cursor();
        this.left = limit;
        this.form = form;
    }

    @Override
    public Future<@Nullable Buffer> next() {
        if (!more) {
            return Future.succeededFuture(null);
        }
        ReadAudit page = wanted.after(cursor, (int) Math.min(PAGE, left));
        return bus.request(AuditMessage.READ_AUDIT, page).map(this::take);
    }

    private Buffer take(AuditPage page) {
        left -= page.entries().size();
        cursor = page.cursor();
        more = cursor != null && left > 0;
        StringBuilder lines = new StringBuilder();
        for (AuditEntry entry : page.entries()) {
            lines.append(form.apply(entry).encode()).append('\n');
        }
        return Buffer.buffer(lines.toString());
    }

    @Override
    public void close() {
        more = false;
        closed.tryComplete();
    }

    /** Completes when nothing more will be read. */
    public Future<Void> closed() {
        return closed.future();
    }
}
