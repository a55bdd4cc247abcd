package io.openuptimes.cli;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs the command line.
 *
 * @param environment the process's variables
 * @param vertx created on first use, because not every command needs it
 * @param service starts the service
 * @param quiet sends the log to standard error and limits it to warnings and errors, so that standard output contains
 *     only the command's output
 * @param inputs created on first use
 */
public record Host(
        Map<String, String> environment,
        Supplier<Vertx> vertx,
        Service service,
        Runnable quiet,
        Supplier<Input> inputs,
        PrintWriter out,
        PrintWriter err) {

    /** Starts the service, which keeps running after the call. */
    @FunctionalInterface
    public interface Service {

        /**
         * @param config the settings file; null for the one named by the environment, or the default one
         */
        void start(@Nullable String config);
    }

    /** The command's input. */
    Input input() {
        return inputs.get();
    }

    /** Omits the environment, which may contain secrets. */
    @Override
    public String toString() {
        return "Host";
    }
}
