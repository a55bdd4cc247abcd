package io.openuptimes.check;

import java.util.Locale;

/** Why a due check was skipped. */
enum Missed {
    /** The previous check was still running or waiting for a permit of its host. */
    RUNNING,
    /** The next check became due before this one could start. */
    LATE,
    /** This machine was out of ports, files or memory, so a result would have described it instead of the target. */
    RESOURCE,
    /** The process was suspended. */
    STANDSTILL,
    /** The node that owned the service was gone, and no other took over in time. */
    HANDOVER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
