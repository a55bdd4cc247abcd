package io.openuptimes.cli;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process that a command line runs in.
 *
 * @param environment the process's variables
 * @param vertx made at the first call, since not every command needs one
 * @param service starts the service
 * @param quiet sends the log to standard error, and only warnings and errors: the output of a command is its own
 */
public record Host(
        Map<String, String> environment,
        Supplier<Vertx> vertx,
        Service service,
        Runnable quiet,
        PrintWriter out,
        PrintWriter err) {

    /** Starts the service, which goes on after this returns. */
    @FunctionalInterface
    public interface Service {

        /**
         * @param config the settings file; null for the one that the environment names, or the usual one
         */
        void start(@Nullable String config);
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "Host";
    }
}
