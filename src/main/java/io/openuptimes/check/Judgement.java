package io.openuptimes.check;

import io.openuptimes.check.type.Observation;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.StatusSpec;

/** Decides whether what a check saw is what its service demands. */
public final class Judgement {

    private Judgement() {}

    /** An answer without a status code means up, as does one with an expected code. */
    public static CheckResult of(Service service, Observation seen) {
        Outcome failure = seen.failure();
        if (failure != null) {
            return result(service, seen, failure, seen.problem());
        }
        int status = seen.statusCode();
        return status == 0 || !(service.spec() instanceof StatusSpec spec) || spec.expects(status)
                ? result(service, seen, Outcome.UP, "")
                : result(service, seen, Outcome.STATUS, "expected " + spec.expectedText() + ", got " + status);
    }

    private static CheckResult result(Service service, Observation seen, Outcome outcome, String error) {
        return new CheckResult(
                service.id(),
                seen.startedAt(),
                outcome,
                seen.statusCode(),
                seen.duration(),
                seen.phases(),
                error,
                null,
                seen.deniedBy(),
                seen.peer(),
                service.urlHash());
    }
}
