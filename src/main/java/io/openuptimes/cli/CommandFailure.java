package io.openuptimes.cli;

/** Aborts a command; the message is printed without a stack trace. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command failed: exit code 1. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCodes.FAILED, message);
    }

    /** The command was used incorrectly: exit code 2. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCodes.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
