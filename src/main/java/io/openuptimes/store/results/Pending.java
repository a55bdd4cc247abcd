package io.openuptimes.store.results;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.CheckResult;
import io.openuptimes.store.data.ResultWrite;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A result waiting to be written.
 *
 * @param written completed once the result is written; null if no caller waits for it
 * @param again whether it has been written before, to a server that may have lost it
 * @param resent whether it may have been written before, because the answer was lost
 * @param rebased number of conflicts with another stored state so far
 */
record Pending(ResultWrite write, @Nullable Promise<Void> written, boolean again, boolean resent, int rebased) {

    Pending(ResultWrite write, @Nullable Promise<Void> written, boolean again) {
        this(write, written, again, false, 0);
    }

    CheckResult result() {
        return write.result();
    }

    boolean isAwaited() {
        return written != null;
    }

    /** The same, to be sent again without a waiting caller. */
    Pending sentAgain() {
        return new Pending(write, null, again, true, rebased);
    }

    /** The same with another write. */
    Pending with(ResultWrite other) {
        return new Pending(other, written, again, resent, rebased);
    }

    /** The same result, judged by another state after a conflict. */
    Pending rebasedTo(ResultWrite other) {
        return new Pending(other, written, again, false, rebased + 1);
    }

    void fail() {
        if (written != null) {
            written.tryFail(Refused.unreachable());
        }
    }

    void complete() {
        if (written != null) {
            written.tryComplete();
        }
    }
}
