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
 * @param rebased number of conflicts with another stored state so far
 */
record Pending(ResultWrite write, @Nullable Promise<Void> written, boolean again, int rebased) {

    Pending(ResultWrite write, @Nullable Promise<Void> written, boolean again) {
        this(write, written, again, 0);
    }

    CheckResult result() {
        return write.result();
    }

    boolean isAwaited() {
        return written != null;
    }

    /** The same without a waiting caller. */
    Pending unawaited() {
        return new Pending(write, null, again, rebased);
    }

    /** The same with another write. */
    Pending with(ResultWrite other) {
        return new Pending(other, written, again, rebased);
    }

    /** The same result, judged by another state after a conflict. */
    Pending rebasedTo(ResultWrite other) {
        return new Pending(other, written, again, rebased + 1);
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
