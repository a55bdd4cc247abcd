package io.openuptimes.bench;

/** One thing that is measured; it adds its rows to the report. */
interface Scenario {

    /** By which it is asked for on the command line. */
    String name();

    /** Whether it takes so long that the short form leaves it out, unless asked for. */
    default boolean onlyFull() {
        return false;
    }

    void run(Bench bench) throws Exception;
}
