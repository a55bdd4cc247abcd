package io.openuptimes.testing;

/** The seed of property tests, fixed so that every run uses the same input. */
public final class Seed {

    /** Change it temporarily to explore other input. */
    public static final String FIXED = "20261129";

    private Seed() {}
}
