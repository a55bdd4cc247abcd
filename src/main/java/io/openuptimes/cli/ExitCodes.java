package io.openuptimes.cli;

/** What the process ends with. */
public final class ExitCodes {

    public static final int OK = 0;
    /** The work could not be done. */
    public static final int FAILED = 1;
    /** Bad arguments or settings: a restart without a change does not help. */
    public static final int USAGE = 2;

    private ExitCodes() {}
}
