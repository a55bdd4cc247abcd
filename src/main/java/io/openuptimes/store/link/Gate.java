package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off all links of a process while this node must not use the store, for example because its data has a format of
 * a later version. Closed links count as down: commands fail without being sent, and answers to earlier ones are
 * dropped. Belongs to one event loop.
 */
public final class Gate {

    private final Function<Function<Request, Future<@Nullable Response>>, Future<@Nullable String>> entry;
    private final List<GatedLink> links = new ArrayList<>();
    private @Nullable Refused closed;

    /**
     * @param entry runs on each new connection before any other command, except in a cluster, where each server holds
     *     only part of the data. Returns why this node must not use the store; null if it may
     */
    public Gate(Function<Function<Request, Future<@Nullable Response>>, Future<@Nullable String>> entry) {
        this.entry = entry;
    }

    /** For commands and tests: always open unless closed explicitly. */
    static Gate unchecked() {
        return new Gate(send -> Future.succeededFuture());
    }

    boolean isOpen() {
        return closed == null;
    }

    /** The failure for callers while it is closed; null while it is open. */
    @Nullable
    Refused failure() {
        return closed;
    }

    /**
     * Closes all links; does nothing if they are closed.
     *
     * @param reason message of the failures of their commands, {@link Failures#STORE_UNREACHABLE}
     */
    public void close(String reason) {
        if (closed == null) {
            closed = new Refused(Failures.STORE_UNREACHABLE, reason);
            links.forEach(GatedLink::gateClosed);
        }
    }

    /** Opens all links; does nothing if they are open. */
    public void open() {
        if (closed != null) {
            closed = null;
            links.forEach(GatedLink::gateOpened);
        }
    }

    /**
     * Checks a new connection, and closes the links if this node must not use the store.
     *
     * @return fails if that cannot be determined
     */
    Future<Void> enter(Function<Request, Future<@Nullable Response>> send) {
        return entry.apply(send)
                .onSuccess(reason -> {
                    if (reason != null) {
                        close(reason);
                    }
                })
                .mapEmpty();
    }

    /** Creates a link behind this gate. */
    Link guard(Link.Listener listener, Function<Link.Listener, Link> make) {
        GatedLink link = new GatedLink(this, listener, make);
        links.add(link);
        return link;
    }
}
