package io.openuptimes.web.board;

import org.jspecify.annotations.Nullable;

/**
 * Qualifies an entry's status.
 *
 * @param stale whether the last check is overdue
 * @param provisional whether the store has not confirmed this node's verdict yet
 * @param blind whether this node would miss newer results, see {@link Outlook#isBlind}
 */
record Marks(boolean stale, boolean provisional, boolean blind) {

    static final Marks NONE = new Marks(false, false, false);
    /** Shared by all entries. */
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
