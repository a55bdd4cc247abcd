package io.openuptimes.web.board;

/** Counts the changes of a board, so that answers rendered from it can be recognized as outdated. */
public final class BoardVersions {

    private long current;
    private long services;
    private long urgent;
    private long states;

    /** Counts a change and returns the new version. */
    long changed() {
        return ++current;
    }

    /** Counts a change of services, which must be visible at once. Returns the new version. */
    long servicesChanged() {
        changed();
        services = current;
        urgent = current;
        return current;
    }

    /** Marks the last change as a change of states, which lists must show at once. */
    void statesChanged() {
        states = current;
    }

    /** Makes all changes so far visible in the next answers. */
    public void showAtOnce() {
        urgent = current;
    }

    /** Increases with every change. */
    public long current() {
        return current;
    }

    /** The version of the last change to services. */
    long ofServices() {
        return services;
    }

    /** The version of the last change that must be visible at once. */
    public long urgent() {
        return urgent;
    }

    /** The version of the last change that must be visible at once in lists. */
    public long ofLists() {
        return Math.max(urgent, states);
    }
}
