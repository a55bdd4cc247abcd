package io.openuptimes.testing;

import io.openuptimes.runtime.StableHash;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Services checked once a day. The time of day depends on the id; without chosen ids, one of many services would be due
 * while a test counts checks.
 */
public final class DailyChecks {

    /** Check interval in seconds. */
    public static final int INTERVAL = 86_400;

    private static final int DAY_MS = (int) TimeUnit.DAYS.toMillis(1);
    private static final long NOT_WITHIN_MS = TimeUnit.HOURS.toMillis(2);

    private DailyChecks() {}

    /** Sorted ids of equal length, none of them due within the next two hours. */
    public static List<String> ids(int many) {
        long now = System.currentTimeMillis();
        return IntStream.range(1_000, 10_000)
                .mapToObj(i -> "daily" + i)
                .filter(id -> untilDue(id, now) > NOT_WITHIN_MS)
                .limit(many)
                .toList();
    }

    /** Whether a service with this id is not due within the next two hours. */
    public static boolean isFarOff(String id) {
        return untilDue(id, System.currentTimeMillis()) > NOT_WITHIN_MS;
    }

    private static long untilDue(String id, long now) {
        return DAY_MS - Math.floorMod(now - StableHash.mod(id, DAY_MS), (long) DAY_MS);
    }
}
