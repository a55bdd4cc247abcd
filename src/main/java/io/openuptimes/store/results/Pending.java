package io.openuptimes.store.results;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.CheckResult;
import io.openuptimes.store.data.RecordCommands.Fenced;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A result waiting to be written.
 *
 * @param written completed for the caller that waits for it; null for none
 * @param again whether it has been written before, to a server that may have lost it
 */
record Pending(Fenced fenced, @Nullable Promise<Void> written, boolean again) {

    CheckResult result() {
        return fenced.result();
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
