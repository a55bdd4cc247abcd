package io.openuptimes.web.audit;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.AuditMessage.AuditPage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The audit log as lines of JSON, a page at a time: the next one is read when the client has taken the one before.
 *
 * <p>Belongs to one event loop.
 */
public final class AuditLines {

    private static final int PAGE = 200;

    private final Bus bus;
    private final HttpServerResponse response;
    private final ReadAudit wanted;
    private final Function<AuditEntry, JsonObject> form;
    private long left;

    /**
     * @param limit entries at most
     * @param form of one entry
     */
    public AuditLines(
            Bus bus, HttpServerResponse response, ReadAudit wanted, long limit, Function<AuditEntry, JsonObject> form) {
        this.bus = bus;
        this.response = response;
        this.wanted = wanted;
        this.left = limit;
        this.form = form;
    }

    /** Completes when all has gone out; fails if an entry cannot be read or the client is gone. */
    public Future<Void> write() {
        return write(wanted.cursor());
    }

    private Future<Void> write(@Nullable String cursor) {
        ReadAudit page = wanted.after(cursor, (int) Math.min(PAGE, left));
        return bus.request(Addresses.READ_AUDIT, page).compose(read -> {
            left -= read.entries().size();
            response.setChunked(true);
            String next = left > 0 ? read.cursor() : null;
            return next == null
                    ? response.end(lines(read))
                    : response.write(lines(read)).compose(written -> write(next));
        });
    }

    private Buffer lines(AuditPage page) {
        StringBuilder lines = new StringBuilder();
        for (AuditEntry entry : page.entries()) {
            lines.append(form.apply(entry).encode()).append('\n');
        }
        return Buffer.buffer(lines.toString());
    }
}
