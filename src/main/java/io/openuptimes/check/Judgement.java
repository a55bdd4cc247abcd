package io.openuptimes.check;

import io.openuptimes.check.type.Observation;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.StatusSpec;
import java.util.List;

/** Judges an observation by its service's expectations. */
public final class Judgement {

    private Judgement() {}

    /**
     * Up if the answer has an expected status code, or has none; degraded if it was too slow.
     *
     * @param degradedAfter response time above which it is degraded, milliseconds; 0 for never
     */
    public static CheckResult of(Service service, Observation seen, int degradedAfter) {
        Outcome failure = seen.failure();
        if (failure != null) {
            return result(service, seen, failure, seen.problem());
        }
        int status = seen.statusCode();
        if (status != 0 && service.spec() instanceof StatusSpec spec && !spec.expects(status)) {
            return result(service, seen, Outcome.STATUS, "expected " + spec.expectedText() + ", got " + status);
        }
        int took = seen.duration();
        return degradedAfter == 0 || took <= degradedAfter
                ? result(service, seen, Outcome.UP, "")
                : result(service, seen, Outcome.SLOW, "took " + took + " ms, more than " + degradedAfter + " ms");
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
                List.of(),
                service.urlHash());
    }
}
