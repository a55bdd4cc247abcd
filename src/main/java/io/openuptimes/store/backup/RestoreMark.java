package io.openuptimes.store.backup;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * Exists during a restore and after an interrupted one. No node uses the store while it exists. Written by
 * {@link RestoreRun}.
 */
public final class RestoreMark {

    private RestoreMark() {}

    /** The mark; null if there is none. */
    static Future<@Nullable String> read(Link link) {
        return link.send(Request.cmd(Command.GET).arg(Keys.RESTORING))
                .map(mark -> mark == null ? null : mark.toString());
    }

    /**
     * Checked by a node before it uses the store.
     *
     * @return fails with {@link Incomplete} if the node must not use it
     */
    public static Future<Void> refuse(Link link) {
        return read(link)
                .compose(mark -> mark == null ? Future.succeededFuture() : Future.failedFuture(new Incomplete()));
    }

    /** Whether the failure means that a node must not use the store because of this mark. */
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
