package io.openuptimes.bench;

/** A measurement that adds its rows to the report. */
interface Scenario {

    /** Its name on the command line. */
    String name();

    /** Whether the short form skips it, unless it is named. */
    default boolean onlyFull() {
        return false;
    }

    void run(Bench bench) throws Exception;
}
