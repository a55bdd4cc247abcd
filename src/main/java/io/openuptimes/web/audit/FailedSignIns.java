package io.openuptimes.web.audit;

import java.time.Clock;

/**
 * Bounds how fast failed sign-ins are written. Those in excess are counted in the next entry, as {@code notRecorded}.
 */
final class FailedSignIns {

    static final int A_MINUTE = 60;

    private static final long MINUTE_MS = 60_000;

    private final Clock clock;
    private long minute;
    private int recorded;
    private int notRecorded;

    FailedSignIns(Clock clock) {
        this.clock = clock;
    }

    /** Whether this one is to be recorded. */
    synchronized boolean take(AuditNote note) {
        long now = clock.millis() / MINUTE_MS;
        if (now != minute) {
            minute = now;
            recorded = 0;
        }
        if (recorded == A_MINUTE) {
            notRecorded++;
            return false;
        }
        recorded++;
        if (notRecorded > 0) {
            note.set("notRecorded", notRecorded);
            notRecorded = 0;
        }
        return true;
    }
}
