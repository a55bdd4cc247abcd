package io.openuptimes;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.openuptimes.config.Settings;
import org.slf4j.LoggerFactory;

/**
 * Configures the log: one line per event, on standard output.
 *
 * <p>Written in code, because parsing an XML configuration takes a tenth of the startup time. A
 * {@code -Dlogback.configurationFile} or a {@code logback-test.xml} still takes precedence.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String OURS = "io.openuptimes";
    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %replace(%msg){'[\\r\\n]+', ' | '}%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        boolean otherwise = System.getProperty("logback.configurationFile") != null
                || Logging.class.getClassLoader().getResource("logback-test.xml") != null;
        if (otherwise) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setPattern(LINE);
        writeThrough(context, text);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(OURS).setLevel(Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Applies the settings' level and format. */
    static void apply(Settings.Log settings) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // embedded in an application with another logger
        }
        context.getLogger(OURS).setLevel(Level.toLevel(settings.level(), Level.INFO));
        if (settings.json()) {
            JsonEncoder json = new JsonEncoder();
            json.setWithFormattedMessage(true);
            json.setWithMessage(false);
            json.setWithArguments(false);
            writeThrough(context, json);
        }
    }

    /** For commands: only warnings and errors, on standard error, because standard output belongs to the command. */
    static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setPattern("%-5level %replace(%msg){'[\\r\\n]+', ' | '}%n");
            writeThrough(context, text, ConsoleTarget.SystemErr);
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
            context.getLogger(OURS).setLevel(Level.WARN);
        }
    }

    private static void writeThrough(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        writeThrough(context, encoder, ConsoleTarget.SystemOut);
    }

    private static void writeThrough(LoggerContext context, Encoder<ILoggingEvent> encoder, ConsoleTarget target) {
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.setTarget(target.getName());
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console);
    }
}
