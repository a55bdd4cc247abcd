package io.openuptimes.cli;

/** Ends a command: its message is printed, without a stack trace. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command could not do its work: exit code 1. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCodes.FAILED, message);
    }

    /** It was called in a way that it cannot work: exit code 2. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCodes.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
