package io.openuptimes;

import io.openuptimes.cli.Arguments;
import io.openuptimes.cli.ExitCodes;
import io.openuptimes.cli.Host;
import io.openuptimes.cli.SystemInput;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.SettingsLoader;
import io.openuptimes.config.Version;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: runs a command, or starts the service and shuts it down gracefully. */
public final class Main {

    private static final Logger log = LoggerFactory.getLogger(Main.class);

    private static final int OUT_OF_MEMORY = 3;
    private static final String HEAP_IS_FULL = "Java heap space";
    private static final long STOP_TIMEOUT_S = 10; // checks 5, results 2, partitions 1, Redis 2

    private volatile @Nullable App app;
    private volatile boolean failed;

    private final Vertx vertx;

    private Main(Vertx vertx) {
        this.vertx = vertx;
    }

    public static void main(String[] args) {
        if (args.length == 0) {
            serve(null); // without loading the command line, which would slow down the start
            return;
        }
        Host host = new Host(
                System.getenv(),
                App::vertx,
                Main::serve,
                Logging::quiet,
                SystemInput::new,
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()));
        Arguments.run(host, args).ifPresent(System::exit);
    }

    private static void serve(@Nullable String config) {
        new Main(App.vertx()).run(config);
    }

    private void run(@Nullable String config) {
        vertx.exceptionHandler(Main::unexpected);
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "shutdown"));
        SettingsLoader.load(vertx, config, System.getenv())
                .compose(settings -> {
                    Logging.apply(settings.log());
                    log.info("OpenUptimes {} starts on Java {}", Version.CURRENT, Runtime.version());
                    return App.start(vertx, settings, Clock.systemUTC());
                })
                .onComplete(started -> app = started, this::giveUp);
    }

    /** Handles uncaught exceptions. */
    private static void unexpected(Throwable failure) {
        if (failure instanceof VirtualMachineError
                && String.valueOf(failure.getMessage()).startsWith(HEAP_IS_FULL)) {
            // without -XX:+ExitOnOutOfMemoryError: it is better to exit and be restarted than to continue
            // in a broken state
            System.err.println("OpenUptimes stops: " + failure.getMessage());
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        }
        log.error("unexpected error", failure);
    }

    private void giveUp(Throwable failure) {
        failed = true;
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.problems().forEach(problem -> System.err.println("Bad setting: " + problem));
            exit(ExitCodes.USAGE);
        } else {
            log.debug("start failed", failure);
            System.err.println("OpenUptimes did not start: "
                    + Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
            exit(ExitCodes.FAILED);
        }
    }

    /** Runs on another thread, because the shutdown may need the event loop. */
    private static void exit(int code) {
        new Thread(() -> System.exit(code), "exit").start();
    }

    private void shutDown() {
        App running = app;
        if (failed || running == null) {
            return;
        }
        log.info("stopping");
        int code = 0;
        try {
            await(running.stop(), STOP_TIMEOUT_S);
            await(vertx.close(), 1);
            log.info("stopped");
        } catch (TimeoutException | ExecutionException e) {
            log.error("unclean shutdown", e);
            code = ExitCodes.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code); // a graceful shutdown after a signal exits with 0
    }

    private static void await(Future<?> future, long seconds)
            throws InterruptedException, ExecutionException, TimeoutException {
        future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    }
}
