package io.openuptimes.health;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import java.util.Collection;

/** The common verdict of a service's locations. */
public final class Quorum {

    private Quorum() {}

    /**
     * Whether the service adopts a location's result: if it agrees with the verdict of all locations. The service is
     * down if enough locations find it down, otherwise up if one finds it up. Locations without a recent result do not
     * count.
     *
     * @param result with its viewpoint
     * @param here the status at the result's location after it
     * @param others the states at the other locations that have checked it
     */
    public static boolean adopts(CheckResult result, Status here, Viewpoint viewpoint, Collection<HealthState> others) {
        int downs = here == Status.DOWN ? 1 : 0;
        int ups = here == Status.UP ? 1 : 0;
        for (HealthState other : others) {
            if (other.isChecked() && other.lastChecked() + viewpoint.maxAge() >= result.timestamp()) {
                if (other.status() == Status.DOWN) {
                    downs++;
                } else if (other.status() == Status.UP) {
                    ups++;
                }
            }
        }
        Status all = downs >= viewpoint.downsNeeded() ? Status.DOWN : ups > 0 ? Status.UP : Status.UNKNOWN;
        return all == here;
    }
}
