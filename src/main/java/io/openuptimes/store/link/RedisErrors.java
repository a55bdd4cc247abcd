package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Redis's error answers mean to us. */
public final class RedisErrors {

    /** Answers that are about the server's state and not about the command. */
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

    /** How a refusal begins that says that nothing was done. */
    static final String NOT_AT_PRESENT = "The store cannot accept";

    /** In a batch, what breaks the connection looks like an answer. */
    private static final Pattern OF_CLIENT =
            Pattern.compile("CONNECTION_CLOSED|Exception|Connection reset|Broken pipe|timed out");

    private RedisErrors() {}

    /** Whether a server sent it: what was under way when the connection ended fails with an error that none did. */
    static boolean isOfServer(Throwable failure) {
        return failure instanceof ErrorType && !OF_CLIENT.matcher(text(failure)).find();
    }

    /** Whether the server is not, or not any more, one that this connection is of use with. */
    static boolean endsConnection(Throwable failure) {
        String text = text(failure);
        return text.contains("NOSCRIPT") || text.contains("UNBLOCKED");
    }

    /** What the caller is told: that the store does not take it at present, or the error itself. */
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

    /** Whether it is known by what the caller is told that it is not done; else it may have been, or still be. */
    public static boolean isAnswer(Throwable toCaller) {
        return toCaller instanceof ErrorType || text(toCaller).startsWith(NOT_AT_PRESENT);
    }

    /** What the entry itself is to blame for; whatever else Redis answers passes. */
    public static boolean isOfEntry(Throwable failure) {
        return failure instanceof ErrorType
                && (text(failure).contains("WRONGTYPE") || text(failure).contains("user_script"));
    }

    /** For the log, in one line. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        // what answers every command of a batch alike is said once
        return message.lines().findFirst().orElse("").replaceFirst("^ERR \\[0\\] ", "");
    }

    static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
