package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.runtime.Throttle;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognizes the data in Redis by an id that is written into it once.
 *
 * <p>If there were services and the id is missing or different after a reconnect, the data is not the same: Redis was
 * emptied by mistake, started without its files, or replaced by another server. It then counts as away. Known services
 * are served from memory and results wait until the data is back. To start over with the new data, restart this
 * process.
 *
 * <p>Shared by all connections of a process; belongs to one event loop.
 */
public final class DataIdentity {

    private static final Logger log = LoggerFactory.getLogger(DataIdentity.class);
    private static final String OTHER =
            "The store cannot be reached: Redis is running but no longer holds its previous data";

    private final String key;
    private final boolean any;
    private final String own = UUID.randomUUID().toString();
    private @Nullable String known;
    private boolean hasServices;
    private boolean other;
    private final Throttle lines = Throttle.oncePer(Duration.ofMinutes(1));

    /**
     * @param key hash that contains the id
     */
    public DataIdentity(String key) {
        this(key, false);
    }

    private DataIdentity(String key, boolean any) {
        this.key = key;
        this.any = any;
    }

    /** For a command: accepts any data and writes no id. */
    public static DataIdentity any(String key) {
        return new DataIdentity(key, true);
    }

    /** Without services there is nothing to lose, and different data is accepted. */
    public void hasServices(boolean any) {
        hasServices = any;
    }

    /** Whether Redis currently holds different data. */
    boolean isOther() {
        return other;
    }

    /** The failure for callers while there is no connection. */
    Refused away() {
        return other ? new Refused(Failures.STORE_UNREACHABLE, OTHER) : Refused.unreachable();
    }

    /**
     * Checks that Redis still holds the same data. The first check accepts whatever is there.
     *
     * @param send sends to the server
     * @return fails if the data is different
     */
    Future<Void> verify(Function<Request, Future<@Nullable Response>> send) {
        return send.apply(read()).compose(found -> {
            if (any) {
                return Future.succeededFuture();
            }
            if (found != null && (known == null || !hasServices)) {
                known = found.toString();
            }
            if (found != null && found.toString().equals(known)) {
                return same();
            }
            return hasServices && known != null ? other(found == null) : begin(send);
        });
    }

    private Request read() {
        return Request.cmd(Command.HGET).arg(key).arg("dataId");
    }

    /** Writes the id. If the server does not accept writes now, the next check tries again. */
    private Future<Void> begin(Function<Request, Future<@Nullable Response>> send) {
        known = null;
        return send.apply(Request.cmd(Command.HSETNX).arg(key).arg("dataId").arg(own))
                .compose(set -> send.apply(read()))
                .onSuccess(found -> known = found == null ? null : found.toString())
                .transform(begun -> same());
    }

    private Future<Void> same() {
        if (other) {
            log.warn("Redis holds its former data again; going on");
        }
        other = false;
        return Future.succeededFuture();
    }

    private Future<Void> other(boolean empty) {
        other = true;
        if (lines.passes()) {
            log.error(
                    "Redis does not hold the data that it held: {}. It is neither read nor written; checks go on and their"
                            + " results wait. Restore its data, or restart this service to start from scratch",
                    empty ? "it is empty, or has no data of OpenUptimes" : "it has another installation's data");
        }
        return Future.failedFuture(new Refused(Failures.STORE_UNREACHABLE, OTHER));
    }
}
