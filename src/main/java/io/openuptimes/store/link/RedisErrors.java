package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Classifies Redis error answers. */
public final class RedisErrors {

    /** Errors about the server's state rather than the command. */
    private static final List<String> SERVER_WIDE = List.of(
            "OOM",
            "MISCONF",
            "READONLY",
            "LOADING",
            "NOREPLICAS",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MASTERDOWN",
            "UNBLOCKED",
            "BUSY",
            "NOAUTH",
            "NOPERM");

    /** Prefix of refusals that guarantee that nothing was done. */
    static final String NOT_AT_PRESENT = "The store cannot accept";

    /** In a batch, a broken connection looks like an error answer. */
    private static final Pattern OF_CLIENT =
            Pattern.compile("CONNECTION_CLOSED|Exception|Connection reset|Broken pipe|timed out");

    private RedisErrors() {}

    /** Whether the error came from a server; commands in flight on a lost connection fail with a client-side error. */
    static boolean isOfServer(Throwable failure) {
        return failure instanceof ErrorType && !OF_CLIENT.matcher(text(failure)).find();
    }

    /** Whether the error makes the connection useless: the server lost its scripts or was demoted. */
    static boolean endsConnection(Throwable failure) {
        String text = text(failure);
        return text.contains("NOSCRIPT") || text.contains("UNBLOCKED");
    }

    /** A refusal if the error is about the server's state; otherwise the error itself. */
    static Throwable forCaller(Throwable error) {
        String text = text(error);
        Redirect redirect = Redirect.of(error);
        return (redirect != null
                        ? Optional.of(redirect.kind().name())
                        : SERVER_WIDE.stream().filter(text::contains).findFirst())
                .map(condition -> (Throwable) new Refused(
                        Failures.STORE_UNREACHABLE, NOT_AT_PRESENT + " this at the moment (" + condition + ")"))
                .orElse(error);
    }

    /** Whether the failure given to the caller proves that the command was not executed; otherwise it may have been. */
    public static boolean isAnswer(Throwable toCaller) {
        return toCaller instanceof ErrorType || text(toCaller).startsWith(NOT_AT_PRESENT);
    }

    /** Whether the entry itself causes the error; all other errors are transient. */
    public static boolean isOfEntry(Throwable failure) {
        return failure instanceof ErrorType
                && (text(failure).contains("WRONGTYPE") || text(failure).contains("user_script"));
    }

    /** One line for the log. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        // an error common to all commands of a batch is logged once
        return message.lines().findFirst().orElse("").replaceFirst("^ERR \\[0\\] ", "");
    }

    static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
