package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Checks on request: each loop checks its services within the usual limits; a round completes when all results are
 * stored.
 *
 * <p>A running round of all services, or a paced round of the same services, is shared, so that repeated requests cost
 * no more than one. {@link AskedChecks} paces the checks of each service across rounds. Belongs to one event loop.
 */
final class Rounds {

    /** A loop's part in the rounds. */
    interface Part {

        /** Checks those of the given services that belong to the loop. */
        Future<List<Checked>> check(CheckNow wanted);

        /** Starts the checks that a paced round of all services has delayed. */
        void hurry();
    }

    private final List<Part> parts;
    private final Executor loop;
    /** Rounds that others may join, by the ids of their services. */
    private final Map<List<String>, Future<Round>> underWay = new HashMap<>();
    /** Whether the running round of all services is paced. */
    private boolean allPaced;

    /**
     * @param loop runs callbacks from other threads; a round ends on the thread of its last part
     */
    Rounds(List<? extends Part> parts, Executor loop) {
        this.parts = List.copyOf(parts);
        this.loop = loop;
    }

    /** A round of all services skips paused ones. */
    Future<Round> check(CheckNow wanted) {
        boolean all = wanted.serviceIds().isEmpty();
        if (!all && !wanted.paced()) {
            return run(wanted);
        }
        Future<Round> same = underWay.get(wanted.serviceIds());
        if (same == null || same.isComplete()) {
            allPaced = all ? wanted.paced() : allPaced;
            return share(wanted);
        }
        if (all && allPaced && !wanted.paced()) {
            allPaced = false;
            parts.forEach(Part::hurry);
        }
        return same;
    }

    private Future<Round> share(CheckNow wanted) {
        Future<Round> round = run(wanted);
        if (!round.isComplete()) {
            List<String> ids = List.copyOf(wanted.serviceIds());
            underWay.put(ids, round);
            round.onComplete(ended -> loop.execute(() -> underWay.remove(ids, round)));
        }
        return round;
    }

    private Future<Round> run(CheckNow wanted) {
        List<Future<List<Checked>>> shares =
                parts.stream().map(part -> part.check(wanted)).toList();
        return Future.join(shares).map(joined -> {
            List<Checked> all = new ArrayList<>();
            shares.forEach(share -> all.addAll(share.result()));
            return new Round(all.stream()
                    .sorted(Comparator.comparing(checked -> checked.service().name()))
                    .toList());
        });
    }
}
