package io.openuptimes.model;

/** The combined status of all services visible to a caller. */
public enum Overall {
    UNKNOWN("unknown"),
    UP("up"),
    DEGRADED("degraded"),
    DOWN("down");

    private final String word;

    Overall(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /**
     * The contract's rule: up if all are up, down if all are down, degraded if some are down, unknown if none has been checked
     * or there are none. Unchecked services do not hide the others: beside them, up stays up and down becomes degraded. Paused
     * services are not counted. Services that are up but degraded degrade the whole.
     *
     * @param up number of services that are up
     * @param down number of services that are down
     * @param unknown number of services whose status is unknown
     * @param degraded number of services that are up, but not as they should be
     */
    public static Overall of(int up, int down, int unknown, int degraded) {
        if (up + down == 0) {
            return UNKNOWN;
        }
        if (down == 0) {
            return degraded == 0 ? UP : DEGRADED;
        }
        return up + unknown == 0 ? DOWN : DEGRADED;
    }
}
