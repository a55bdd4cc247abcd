package io.openuptimes.health;

import io.openuptimes.model.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts a service's recent changes. It begins to flap with more than {@link Rules#flapCount} changes within {@link
 * Rules#flapTime}, and ends once no more than half of {@code flapCount} are left, so that it does not flap between
 * flapping and not flapping.
 */
final class Flapping {

    private Flapping() {}

    /** Adds the change that {@code next} makes, if any, and forgets changes that are too old. */
    static void count(HealthState before, Rules rules, HealthState.Next next) {
        boolean changes = before.known() != Status.UNKNOWN && next.known() != before.known();
        if (rules.flapCount() == 0 || (!changes && before.changes().isEmpty())) {
            return;
        }
        long oldest = next.lastChecked() - rules.flapTime();
        List<Long> kept = new ArrayList<>(before.changes().size() + 1);
        for (long change : before.changes()) {
            if (change > oldest) {
                kept.add(change);
            }
        }
        if (changes) {
            kept.add(next.lastChecked());
        }
        int most = rules.flapCount() + 1;
        List<Long> latest = kept.size() > most ? kept.subList(kept.size() - most, kept.size()) : kept;
        int calm = before.isFlapping() ? rules.flapCount() / 2 : rules.flapCount();
        next.changes(List.copyOf(latest), latest.size() > calm);
    }
}
