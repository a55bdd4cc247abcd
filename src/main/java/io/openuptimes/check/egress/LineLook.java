package io.openuptimes.check.egress;

import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.OwnFault;
import io.openuptimes.config.ReferenceTarget;
import io.openuptimes.model.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries all reference targets at once; the first answer ends the others. Belongs to one event loop. */
final class LineLook {

    private final Network network;
    private final List<ReferenceTarget> targets;
    private final int timeout;

    /**
     * @param targets at least one
     * @param timeout milliseconds
     */
    LineLook(Network network, List<ReferenceTarget> targets, int timeout) {
        this.network = network;
        this.targets = List.copyOf(targets);
        this.timeout = timeout;
    }

    /**
     * Looks now.
     *
     * @return never fails; empty if one target answered. Otherwise a failure with outcome {@code EGRESS}, whose
     *     {@link Failure#ownFault} is {@code RESOLVER} if no target's name could be looked up, or with outcome
     *     {@code RESOURCE} if this machine could not try a target
     */
    Future<Optional<Failure>> begin() {
        List<ReferenceAttempt> attempts = targets.stream()
                .map(target -> new ReferenceAttempt(target, timeout))
                .toList();
        Promise<Optional<Failure>> result = Promise.promise();
        List<Failure> failures = new ArrayList<>();
        for (ReferenceAttempt attempt : attempts) {
            network.run(attempt).onSuccess(failure -> {
                if (failure.isEmpty()) {
                    if (result.tryComplete(Optional.empty())) {
                        attempts.forEach(other -> other.end(null));
                    }
                    return;
                }
                failures.add(failure.get());
                if (failures.size() == attempts.size()) {
                    result.tryComplete(Optional.of(fault(failures)));
                }
            });
        }
        return result.future();
    }

    private static Failure fault(List<Failure> failures) {
        boolean unresolved = failures.stream().allMatch(failure -> failure.ownFault() == OwnFault.RESOLVER);
        return failures.stream()
                .filter(failure -> failure.outcome() == Outcome.RESOURCE)
                .findFirst()
                .orElseGet(() -> new Failure(
                        Outcome.EGRESS, text(failures.size()), null, unresolved ? OwnFault.RESOLVER : OwnFault.NONE));
    }

    private static String text(int targets) {
        return targets == 1
                ? "this node did not reach its reference target"
                : "this node reached none of its " + targets + " reference targets";
    }
}
