package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Redis: one server, the master known to the sentinels, or a cluster. Reconnects automatically.
 *
 * <p>Belongs to one event loop. Commands fail immediately with {@link Failures#STORE_UNREACHABLE} while the server they
 * need is away. Commands with the same key execute in the order in which they are sent.
 */
public interface Link {

    /** Milliseconds after which an unanswered command closes its connection. */
    long COMMAND_TIMEOUT_MS = 5_000;

    /** Connection events of a link, called on its event loop. */
    interface Listener {

        /** All of Redis is reachable (again), with the scripts loaded. */
        default void up() {}

        /** Redis, or part of it, is unreachable. */
        default void down() {}

        /**
         * The server for these keys is reachable (again). Called before any command is sent to it. After a failover it
         * may lack the previous server's last acknowledged writes.
         */
        default void serves(Predicate<String> keys) {}

        /** This node must not use the store, although Redis is reachable, until {@link #up} is called. */
        default void refused() {
            down();
        }
    }

    /** Connects, retrying until it succeeds. */
    void open();

    /** Whether at least one server is connected. */
    boolean isUp();

    Future<@Nullable Response> send(Request command);

    /** Sends all commands at once. Fails as a whole if one fails; the others may still have been executed. */
    Future<List<@Nullable Response>> batch(List<Request> commands);

    /**
     * Completes when all replicas, if any, have the writes sent over this link, so that no failover loses them. Fails
     * if that cannot be determined: the writes may be lost.
     */
    Future<Void> confirm();

    /**
     * Checks that Redis still holds the same data; if not, Redis counts as away from now on.
     *
     * @return fails if the data is different or cannot be checked
     */
    Future<Void> verify();

    /** This link without its {@link Gate}, for the checks that decide whether this node may use the store. */
    default Link unguarded() {
        return this;
    }

    Future<Void> close();
}
