package io.openuptimes.store.format;

import io.openuptimes.config.Version;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The format of the stored data. Nodes write in this format, and do not use a store whose format they cannot read.
 * Belongs to one event loop.
 */
public final class StoreFormat {

    private final Link link;
    private final Formats own;
    private volatile int inForce = Formats.FIRST;

    /** For this version. */
    public StoreFormat(Link link) {
        this(link, Formats.OWN);
    }

    /** For tests: as another version. */
    StoreFormat(Link link, Formats own) {
        this.link = link;
        this.own = own;
    }

    Formats own() {
        return own;
    }

    /** The format to write, as of the last {@link #follow}. Thread-safe. */
    public int inForce() {
        return inForce;
    }

    /**
     * Reads the store's format, or sets it to {@link Formats#FIRST} if there is none: the store is empty, or an earlier
     * version filled it. Call before writing anything else, and periodically.
     *
     * @return fails with {@link FormatMismatch} if this version must not use the store
     */
    public Future<Void> follow() {
        return link.send(read())
                .compose(stored -> stored != null
                        ? Future.succeededFuture(stored)
                        : link.send(Script.FORMAT.call(1).arg(Keys.FORMAT).arg(Formats.FIRST)))
                .compose(stored -> accept(number(stored), own))
                .onSuccess(format -> inForce = format)
                .mapEmpty();
    }

    /**
     * For new connections: returns why this version must not use the store, null if it may. Changes nothing.
     *
     * @param send sends a command over the connection
     */
    public static Future<@Nullable String> refusal(Function<Request, Future<@Nullable Response>> send) {
        return send.apply(read())
                .compose(stored -> accept(number(stored), Formats.OWN))
                .map(format -> (@Nullable String) null)
                .recover(failure -> isMismatch(failure)
                        ? Future.succeededFuture(failure.getMessage())
                        : Future.failedFuture(failure));
    }

    private static Request read() {
        return Request.cmd(Command.GET).arg(Keys.FORMAT);
    }

    /**
     * For commands: fails with {@link FormatMismatch} if this version must not use the store. Changes nothing.
     *
     * @return the format; {@link Formats#UNNUMBERED} if there is none
     */
    public static Future<Integer> check(Link link) {
        return link.send(read()).compose(stored -> accept(number(stored), Formats.OWN));
    }

    /** The command that sets the format of restored data. */
    public static Request restored(int format) {
        return Request.cmd(Command.SET).arg(Keys.FORMAT).arg(Math.max(format, Formats.FIRST));
    }

    /** Whether the failure means that this version must not use the store. */
    public static boolean isMismatch(@Nullable Throwable failure) {
        return failure instanceof FormatMismatch;
    }

    /** Raises the format by compare-and-set. Completes with whether this call raised it. */
    Future<Boolean> raise(int to) {
        int from = inForce;
        return link.send(Script.RAISE_FORMAT.call(1).arg(Keys.FORMAT).arg(from).arg(to))
                .map(raised -> {
                    boolean done = raised != null && raised.toInteger() == 1;
                    if (done) {
                        inForce = to; // otherwise another node may have raised it
                    }
                    return done;
                });
    }

    private static Future<Integer> accept(Future<Integer> stored, Formats own) {
        return stored.compose(format -> own.reads(format)
                ? Future.succeededFuture(format)
                : Future.failedFuture(FormatMismatch.of(format, own, Version.CURRENT)));
    }

    private static Future<Integer> number(@Nullable Response stored) {
        if (stored == null) {
            return Future.succeededFuture(Formats.UNNUMBERED);
        }
        try {
            return Future.succeededFuture(Integer.parseInt(stored.toString()));
        } catch (NumberFormatException e) {
            return Future.failedFuture(FormatMismatch.unreadable(stored.toString()));
        }
    }
}
