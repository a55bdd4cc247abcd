package io.openuptimes.model;

import java.util.Locale;

/** The state of a service as callers see it. */
public enum Status {
    /** Not checked yet. */
    UNKNOWN,
    UP,
    DOWN;

    /** The word that the API uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
