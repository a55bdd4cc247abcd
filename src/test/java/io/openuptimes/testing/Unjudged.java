package io.openuptimes.testing;

import io.openuptimes.bus.StoreMessage.RecordResults;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import java.util.List;

/** Results without a verdict of the checking node: the stored state decides. */
public final class Unjudged {

    private Unjudged() {}

    public static RecordResults results(List<CheckResult> results) {
        return new RecordResults(results.stream().map(Unjudged::result).toList());
    }

    public static Verdict result(CheckResult result) {
        return new Verdict(result, Rules.PLAIN, null, true, false);
    }
}
