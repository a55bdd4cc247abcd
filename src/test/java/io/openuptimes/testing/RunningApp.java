package io.openuptimes.testing;

import static io.openuptimes.testing.Await.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.web.access.Passwords;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The whole service in this process, on a free port, with a temporary data directory. */
public final class RunningApp implements AutoCloseable {

    /** Iterations of the password hash, for tests in which its cost does not matter. */
    public static final int FEW_ITERATIONS = 1_000;

    private static final Pattern TOKEN = Pattern.compile("setup token: (\\S+)");

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(App.class);

    private static int running;

    private final Vertx vertx = App.vertx();
    private final Path dataDir;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
        }
    };
    private @Nullable App app;

    private RunningApp() throws IOException {
        dataDir = Files.createTempDirectory("openuptimes");
        appender.start();
        listen(appender);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param environment environment variables in addition to host, port and data directory
     */
    public static RunningApp start(Map<String, String> environment) throws IOException, InvalidSettingsException {
        return start(environment, Clock.systemUTC());
    }

    /** @param wall used as the machine's clock */
    public static RunningApp start(Map<String, String> environment, Clock wall)
            throws IOException, InvalidSettingsException {
        return start(environment, wall, FEW_ITERATIONS);
    }

    /** @param iterations of the password hash */
    public static RunningApp start(Map<String, String> environment, int iterations)
            throws IOException, InvalidSettingsException {
        return start(environment, Clock.systemUTC(), iterations);
    }

    private static RunningApp start(Map<String, String> environment, Clock wall, int iterations)
            throws IOException, InvalidSettingsException {
        RunningApp starting = new RunningApp();
        Passwords.useIterations(starting.vertx, iterations);
        boolean started = false;
        try {
            Map<String, String> all = new HashMap<>(environment);
            all.putIfAbsent("OPENUPTIMES_HTTP_HOST", "127.0.0.1");
            all.putIfAbsent("OPENUPTIMES_HTTP_PORT", "0");
            all.putIfAbsent("OPENUPTIMES_CHECKS_RETRIES", "0"); // a failure counts at once
            all.putIfAbsent("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "false");
            all.putIfAbsent("OPENUPTIMES_DATA_DIR", starting.dataDir.toString());
            starting.app = await(App.start(starting.vertx, SettingsReader.read(new JsonObject(), all), wall));
            Readiness.await(
                    all.containsKey("OPENUPTIMES_HTTP_TLS_CERT") ? "https" : "http",
                    "::1".equals(all.get("OPENUPTIMES_HTTP_HOST")) ? "[::1]" : "127.0.0.1",
                    starting.port());
            started = true;
            return starting;
        } finally {
            if (!started) {
                starting.close();
            }
        }
    }

    /** Captures its log output and suppresses it elsewhere. */
    private static synchronized void listen(AppenderBase<ILoggingEvent> appender) {
        if (running++ == 0) {
            LOGGER.setLevel(Level.INFO);
            LOGGER.setAdditive(false);
        }
        LOGGER.addAppender(appender);
    }

    private static synchronized void stopListening(AppenderBase<ILoggingEvent> appender) {
        LOGGER.detachAppender(appender);
        if (--running == 0) {
            LOGGER.setLevel(null);
            LOGGER.setAdditive(true);
        }
    }

    public int port() {
        return Objects.requireNonNull(app).port();
    }

    public Bus bus() {
        return Bus.of(vertx);
    }

    /** Waits for the one-time setup token in the log. */
    public String setupToken() throws Exception {
        String[] token = new String[1];
        Eventually.eventually(() -> token[0] = log.stream()
                .map(TOKEN::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setup token in the log: " + log)));
        return token[0];
    }

    /** Stops it; idempotent. */
    @Override
    public void close() throws IOException {
        if (Files.notExists(dataDir)) {
            return;
        }
        try {
            if (app != null) {
                await(app.stop());
            }
        } finally {
            await(vertx.close());
            stopListening(appender);
        }
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
