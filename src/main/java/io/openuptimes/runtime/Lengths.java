package io.openuptimes.runtime;

/** Human-readable durations in their two largest units: {@code 3 min 20 s}. */
public final class Lengths {

    private static final String[] UNITS = {"d", "h", "min", "s"};
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};

    private Lengths() {}

    /**
     * @param millis a negative duration counts as 0
     */
    public static String text(long millis) {
        long left = Math.max(0, millis) / 1_000;
        for (int i = 0; i < UNITS.length - 1; i++) {
            if (left >= SECONDS[i]) {
                long rest = left % SECONDS[i] / SECONDS[i + 1];
                return left / SECONDS[i] + " " + UNITS[i] + (rest == 0 ? "" : " " + rest + " " + UNITS[i + 1]);
            }
        }
        return left + " s";
    }
}
