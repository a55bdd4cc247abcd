package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis, be it one server, the master that sentinels know, or a cluster. It comes back by itself.
 *
 * <p>Belongs to one event loop. While what a command needs is away, it fails at once with
 * {@link Failures#STORE_UNREACHABLE}. Commands with the same key are carried out in the order in which they are sent.
 */
public interface Link {

    /** A command without an answer within that many milliseconds takes its connection down. */
    long COMMAND_TIMEOUT_MS = 5_000;

    /** What a link tells of itself, on its event loop. */
    interface Listener {

        /** All of Redis is there (again), the scripts loaded. */
        default void up() {}

        /** It is not, or not all of it. */
        default void down() {}

        /**
         * The server of these keys is there (again); before anything is sent to it. It may be another one than
         * before, and may lack what that one had acknowledged last.
         */
        default void serves(Predicate<String> keys) {}
    }

    /** Starts to connect, and goes on until it succeeds. */
    void open();

    /** Whether any server is there to take commands. */
    boolean isUp();

    Future<@Nullable Response> send(Request command);

    /** Sends all at once; fails as a whole if any of them fails, the others may be carried out then. */
    Future<List<@Nullable Response>> batch(List<Request> commands);

    /**
     * Ends when the replicas have what has been written over this link, where there are any: then no failover loses it.
     * Fails if that cannot be known: what has been written may be lost.
     */
    Future<Void> confirm();

    /**
     * Looks whether it is the data that was there before; if not, Redis is away from now on.
     *
     * @return fails if it is not, or cannot be known
     */
    Future<Void> verify();

    Future<Void> close();
}
