package io.openuptimes.store.backup;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/** There while a restore is under way, and after one that was interrupted: no node uses what is stored then. */
public final class RestoreMark {

    private RestoreMark() {}

    /** What was being restored; null where nothing was. */
    static Future<@Nullable String> read(Link link) {
        return link.send(Request.cmd(Command.GET).arg(Keys.RESTORING))
                .map(mark -> mark == null ? null : mark.toString());
    }

    static Future<Void> set(Link link, String what) {
        return link.send(Request.cmd(Command.SET).arg(Keys.RESTORING).arg(what)).compose(set -> link.confirm());
    }

    static Future<Void> remove(Link link) {
        return link.send(Request.cmd(Command.DEL).arg(Keys.RESTORING)).compose(gone -> link.confirm());
    }

    /**
     * For a node, before it uses what is stored.
     *
     * @return fails with {@link Incomplete} if it must not
     */
    public static Future<Void> refuse(Link link) {
        return read(link)
                .compose(mark -> mark == null ? Future.succeededFuture() : Future.failedFuture(new Incomplete()));
    }

    /** Whether a node must not use what is stored, for that reason. */
    public static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof Incomplete;
    }

    private static final class Incomplete extends RuntimeException {

        private static final long serialVersionUID = 1;

        Incomplete() {
            super(
                    "A restore of this store is under way or was interrupted: its data is incomplete. Run the restore"
                            + " again to its end",
                    null,
                    false,
                    false);
        }
    }
}
