package io.openuptimes.model;

import java.util.Locale;

/** The state of a service as callers see it. */
public enum Status {
    /** Not checked yet. */
    UNKNOWN,
    UP,
    DOWN;

    /** As in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
