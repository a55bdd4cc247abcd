package io.openuptimes.check.net;

import io.openuptimes.model.Outcome;

/** The part of this node's own network whose fault would look like a given failure. */
public enum OwnFault {
    /** The failure is certain: the target answered, or nothing was sent. */
    NONE,
    /** This node's line. */
    LINE,
    /** This node's name servers, none of which answered, or else its line. */
    RESOLVER;

    static OwnFault of(Outcome failure) {
        return !failure.isFailure() || failure == Outcome.DENIED || failure == Outcome.REDIRECT ? NONE : LINE;
    }
}
