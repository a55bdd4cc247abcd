package io.openuptimes.check;

import io.openuptimes.check.type.Observation;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.StatusSpec;

/** Judges an observation by its service's expectations. */
public final class Judgement {

    private Judgement() {}

    /** Up if the answer has an expected status code, or has none. */
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
