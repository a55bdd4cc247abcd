package io.openuptimes.model;

/** The verdict over all services that a caller may see. */
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
     * The contract's rule: up when all are up, down when all are down, degraded when some are down, unknown when none
     * has been checked or there are none. Services not checked yet do not hide what the others say: beside them, up
     * stays up and down becomes degraded. Paused services do not count at all.
     *
     * @param up services that are up
     * @param down services that are down
     * @param unknown services not checked yet
     */
    public static Overall of(int up, int down, int unknown) {
        if (up + down == 0) {
            return UNKNOWN;
        }
        if (down == 0) {
            return UP;
        }
        return up + unknown == 0 ? DOWN : DEGRADED;
    }
}
