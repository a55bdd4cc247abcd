package io.openuptimes.check;

import java.util.Locale;

/** Why a check that was due was left out. */
enum Missed {
    /** The one before it was still running, or waited for its turn at its host. */
    RUNNING,
    /** Its time had gone by, and that of the next one had come, before it could start. */
    LATE,
    /** This machine lacked what a check takes: ports, files, memory. What it would have said is of us, not of its target. */
    RESOURCE,
    /** The process stood still. */
    STANDSTILL,
    /** The node that had the service was gone, and nobody took it over in time. */
    HANDOVER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
