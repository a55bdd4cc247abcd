package io.openuptimes.testing;

import io.openuptimes.model.StableHash;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Services that are checked once a day. At which time, their ids say: among many there is one that is due just while a
 * test counts checks, unless the ids are chosen.
 */
public final class DailyChecks {

    /** Seconds. */
    public static final int INTERVAL = 86_400;

    private static final int DAY_MS = (int) TimeUnit.DAYS.toMillis(1);
    private static final long NOT_WITHIN_MS = TimeUnit.HOURS.toMillis(2);

    private DailyChecks() {}

    /** So many ids, in their order, of which none is due within the next two hours; all of the same length. */
    public static List<String> ids(int many) {
        long now = System.currentTimeMillis();
        return IntStream.range(1_000, 10_000)
                .mapToObj(i -> "daily" + i)
                .filter(id -> untilDue(id, now) > NOT_WITHIN_MS)
                .limit(many)
                .toList();
    }

    /** Whether one of that id is not due within the next two hours. */
    public static boolean isFarOff(String id) {
        return untilDue(id, System.currentTimeMillis()) > NOT_WITHIN_MS;
    }

    private static long untilDue(String id, long now) {
        return DAY_MS - Math.floorMod(now - StableHash.mod(id, DAY_MS), (long) DAY_MS);
    }
}
