package io.openuptimes.web.board;

import org.jspecify.annotations.Nullable;

/**
 * What callers should know about an entry's status besides its value.
 *
 * @param stale the last check is overdue
 * @param provisional this node has judged the status, but the store has not confirmed it yet
 * @param blind the store is unreachable and another node checks the service, so newer results would not be seen
 */
record Marks(boolean stale, boolean provisional, boolean blind) {

    static final Marks NONE = new Marks(false, false, false);
    /** Shared by all entries, of which there may be a million. */
    private static final Marks[] ALL = new Marks[8];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = i == 0 ? NONE : new Marks((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
        }
    }

    private static Marks of(boolean stale, boolean provisional, boolean blind) {
        return ALL[(stale ? 1 : 0) + (provisional ? 2 : 0) + (blind ? 4 : 0)];
    }

    Marks stale(boolean now) {
        return of(now, provisional, blind);
    }

    Marks provisional(boolean now) {
        return of(stale, now, blind);
    }

    Marks blind(boolean now) {
        return of(stale, provisional, now);
    }

    /** Why the current status is unknown, as in the API; null if it is known. */
    @Nullable
    String reason() {
        return blind ? "store" : stale ? "stale" : null;
    }
}
