package io.openuptimes.check.net;

import io.netty.channel.ChannelException;
import io.openuptimes.check.net.tls.Causes;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Distinguishes a lack of resources on this machine from a fault of the server. */
final class Shortage {

    static final String FILES = "out of file descriptors";
    private static final String PORTS = "out of local addresses or ports";
    private static final String MEMORY = "out of memory";

    /** Error texts of C libraries (glibc, musl, macOS) and their meaning. */
    private record Words(String words, String meaning) {}

    private static final List<Words> WORDS = List.of(
            new Words("Too many open files", FILES),
            new Words("No file descriptors available", FILES),
            new Words("assign requested address", PORTS),
            new Words("Address not available", PORTS),
            new Words("Resource temporarily unavailable", PORTS),
            new Words("Cannot allocate memory", MEMORY),
            new Words("Out of memory", MEMORY),
            new Words("No buffer space available", MEMORY));

    private Shortage() {}

    /** A short description; null if the failure is not a shortage on this machine. */
    static @Nullable String of(Throwable failure) {
        return Causes.all(failure)
                .map(Shortage::meaning)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String meaning(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return MEMORY;
        }
        if ((failure instanceof IOException && !(failure instanceof SSLException))
                || failure instanceof ChannelException) {
            String message = Objects.requireNonNullElse(failure.getMessage(), "");
            for (Words words : WORDS) {
                if (message.contains(words.words())) {
                    return words.meaning();
                }
            }
        }
        return null;
    }
}
