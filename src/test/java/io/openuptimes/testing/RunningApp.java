package io.openuptimes.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.SettingsReader;
import io.vertx.core.Future;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The whole service in this process, on a free port, with an empty data directory that goes with it. */
public final class RunningApp implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("setup token: (\\S+)");

    private final Vertx vertx;
    private final App app;
    private final Path dataDir;
    private final List<String> log;

    private RunningApp(Vertx vertx, App app, Path dataDir, List<String> log) {
        this.vertx = vertx;
        this.app = app;
        this.dataDir = dataDir;
        this.log = log;
    }

    /** @param environment settings by their variables, besides host, port and data directory */
    public static RunningApp start(Map<String, String> environment) throws IOException, InvalidSettingsException {
        Path dataDir = Files.createTempDirectory("openuptimes");
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("OPENUPTIMES_HTTP_HOST", "127.0.0.1");
        all.putIfAbsent("OPENUPTIMES_HTTP_PORT", "0");
        all.putIfAbsent("OPENUPTIMES_DATA_DIR", dataDir.toString());
        List<String> log = new CopyOnWriteArrayList<>();
        Logger logger = (Logger) LoggerFactory.getLogger(App.class);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                log.add(event.getFormattedMessage());
            }
        };
        appender.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
        Vertx vertx = App.vertx();
        try {
            App app = await(App.start(vertx, SettingsReader.read(new JsonObject(), all), Clock.systemUTC()));
            return new RunningApp(vertx, app, dataDir, log);
        } finally {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
    }

    public int port() {
        return app.port();
    }

    public Bus bus() {
        return Bus.of(vertx);
    }

    /** The one-time token, as who started the service reads it in the log. */
    public String setupToken() {
        return log.stream()
                .map(TOKEN::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setup token in the log: " + log));
    }

    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() throws IOException {
        await(app.stop());
        await(vertx.close());
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
