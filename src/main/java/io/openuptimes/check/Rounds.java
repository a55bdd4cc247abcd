package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks that a caller asks for: each lane makes its share within the usual limits; answered when all are stored. */
final class Rounds {

    private final List<Function<CheckNow, Future<List<Checked>>>> lanes;
    private @Nullable Future<Round> roundOfAll;

    /**
     * @param lanes each checks those of the wanted services that are its own
     */
    Rounds(List<Function<CheckNow, Future<List<Checked>>>> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /** A round of all that is under way is shared; it leaves out what is paused. */
    Future<Round> check(CheckNow wanted) {
        if (!wanted.serviceIds().isEmpty()) {
            return run(wanted);
        }
        Future<Round> current = roundOfAll;
        if (current != null && !current.isComplete()) {
            return current;
        }
        Future<Round> next = run(wanted);
        roundOfAll = next;
        return next;
    }

    private Future<Round> run(CheckNow wanted) {
        List<Future<List<Checked>>> shares =
                lanes.stream().map(lane -> lane.apply(wanted)).toList();
        return Future.join(shares).map(joined -> {
            List<Checked> all = new ArrayList<>();
            shares.forEach(share -> all.addAll(share.result()));
            all.sort(Comparator.comparing(checked -> checked.service().name()));
            return new Round(List.copyOf(all));
        });
    }
}
