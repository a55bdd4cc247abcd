package io.openuptimes.cli;

/** The process's exit codes. */
public final class ExitCodes {

    public static final int OK = 0;
    /** The command failed. */
    public static final int FAILED = 1;
    /** Invalid arguments or settings; a restart without a change does not help. */
    public static final int USAGE = 2;

    private ExitCodes() {}
}
