package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * What a node knows of its own network.
 *
 * @param targets number of its reference targets; 0 if it cannot notice that its line is lost
 * @param outage the current one; null if there is none
 */
public record NodeEgress(int targets, @Nullable NodeOutage outage) {

    /** Without reference targets and outage. */
    public static final NodeEgress NONE = new NodeEgress(0, null);

    /** Whether failed checks are blamed on their services. */
    public boolean works() {
        return outage == null;
    }
}
