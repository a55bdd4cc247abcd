package io.openuptimes.check.http;

import io.netty.channel.ChannelException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells what this machine lacks from what is wrong with a server. */
final class Shortage {

    private static final int MOST_CAUSES = 12;

    static final String FILES = "no file descriptor is left";
    private static final String PORTS = "no local address or port is left";
    private static final String MEMORY = "no memory is left";

    /** What the systems' C libraries say (glibc, musl, that of macOS), and what it means. */
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

    /** In a few words; null if the failure is none of ours. */
    static @Nullable String of(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            if (at instanceof OutOfMemoryError) {
                return MEMORY;
            }
            if ((at instanceof IOException && !(at instanceof SSLException)) || at instanceof ChannelException) {
                String message = Objects.requireNonNullElse(at.getMessage(), "");
                for (Words words : WORDS) {
                    if (message.contains(words.words())) {
                        return words.meaning();
                    }
                }
            }
            at = at.getCause();
        }
        return null;
    }
}
