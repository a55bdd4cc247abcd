package io.openuptimes.check.net;

import io.openuptimes.model.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks this node's name servers, all at once, whether one of them works. The first response is enough. */
final class NameServersAttempt extends Attempt<Optional<Failure>> {

    private static final Failure SILENT =
            new Failure(Outcome.RESOLVER, "no name server of this node answered", null, OwnFault.NONE);

    private int asked;
    private int silent;
    private @Nullable Failure shortage;

    /**
     * @param timeout milliseconds
     */
    NameServersAttempt(int timeout) {
        super(timeout);
    }

    @Override
    protected void converse() {
        enter(Step.LOOKUP);
        asked = Math.max(1, resources().resolver().servers());
        resources().resolver().askServers(timeout(), this::answered);
    }

    private void answered(@Nullable Throwable failure) {
        if (failure == null) {
            end(null);
            return;
        }
        Failure local = NetworkFailures.of(Step.LOOKUP, failure, null);
        shortage = local != null && local.outcome() == Outcome.RESOURCE ? local : shortage;
        if (++silent >= asked) {
            late();
        }
    }

    @Override
    protected void late() {
        end(shortage == null ? SILENT : shortage);
    }

    @Override
    protected Optional<Failure> seen(@Nullable Failure failure) {
        return Optional.ofNullable(failure);
    }

    @Override
    protected NameServersAttempt again() {
        return new NameServersAttempt(timeout());
    }
}
