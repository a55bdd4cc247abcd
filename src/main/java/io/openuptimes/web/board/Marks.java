package io.openuptimes.web.board;

import org.jspecify.annotations.Nullable;

/**
 * Qualifies an entry's status.
 *
 * @param stale whether the last check is overdue
 * @param provisional whether the store has not confirmed this node's verdict yet
 * @param blind whether this node would miss newer results, see {@link Outlook#isBlind}
 * @param confirming whether this node is repeating a failed attempt of a check
 */
record Marks(boolean stale, boolean provisional, boolean blind, boolean confirming) {

    static final Marks NONE = new Marks(false, false, false, false);
    /** Shared by all entries. */
    private static final Marks[] ALL = new Marks[16];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = i == 0 ? NONE : new Marks((i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0);
        }
    }

    private static Marks of(boolean stale, boolean provisional, boolean blind, boolean confirming) {
        return ALL[(stale ? 1 : 0) + (provisional ? 2 : 0) + (blind ? 4 : 0) + (confirming ? 8 : 0)];
    }

    Marks stale(boolean now) {
        return of(now, provisional, blind, confirming);
    }

    Marks provisional(boolean now) {
        return of(stale, now, blind, confirming);
    }

    Marks blind(boolean now) {
        return of(stale, provisional, now, confirming);
    }

    Marks confirming(boolean now) {
        return of(stale, provisional, blind, now);
    }

    /** Why the current status is unknown although there was a result, as in the API; null for none of these. */
    @Nullable
    String reason() {
        return blind ? "store" : stale ? "stale" : null;
    }
}
