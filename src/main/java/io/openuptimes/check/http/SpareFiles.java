package io.openuptimes.check.http;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File descriptors that are held for nothing, and given back when a check gets none: so that where the process has run out
 * of them, the API can still take a connection and Redis be connected to. No check opens anything then, until there are
 * enough again to hold back some; each says meanwhile that this machine lacks what it takes.
 *
 * <p>For any thread.
 */
final class SpareFiles {

    private static final Logger log = LoggerFactory.getLogger(SpareFiles.class);

    static final int HELD = 32;
    private static final int ENOUGH = HELD / 2;
    /** Time for the others to take theirs: a server that gets none looks again a second later. */
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(3);

    private static final Path NOTHING = Path.of("/dev/null");

    private final LongSupplier nanos;
    private final boolean none;
    private final List<FileInputStream> held = new ArrayList<>(HELD);
    private volatile boolean left;
    private long givenAt;

    /**
     * @param nanos as {@link System#nanoTime}
     */
    SpareFiles(LongSupplier nanos) {
        this.nanos = nanos;
        this.none = Files.notExists(NOTHING); // another kind of system, with other limits
        take();
        left = true; // a start with next to nothing left tries what it can
    }

    /** Whether a check may open something. */
    boolean left() {
        return left || retake();
    }

    private synchronized boolean retake() {
        if (!left && nanos.getAsLong() - givenAt >= PAUSE_NS) {
            givenAt = nanos.getAsLong();
            if (take()) {
                left = true;
                log.info("file descriptors are available again: checks go on");
            } else {
                close();
            }
        }
        return left;
    }

    /** A check got none. */
    synchronized void give() {
        if (left && !none) {
            left = false;
            givenAt = nanos.getAsLong();
            close();
            log.warn(
                    "no file descriptor is left: checks wait, and the API and Redis use the reserve. Raise the limit"
                            + " (ulimit -n)");
        }
    }

    /** Does what needs one and could not be done later: with one of those that are held, if need be. */
    synchronized <T> T lend(Supplier<T> work) {
        if (!held.isEmpty()) {
            close(held.remove(held.size() - 1));
        }
        try {
            return work.get();
        } finally {
            take();
        }
    }

    private boolean take() {
        if (none) {
            return true;
        }
        try {
            while (held.size() < HELD) {
                held.add(new FileInputStream(NOTHING.toFile()));
            }
        } catch (IOException e) {
            // as many as there are
        }
        return held.size() >= ENOUGH;
    }

    /** Holds none from now on. */
    synchronized void close() {
        held.forEach(SpareFiles::close);
        held.clear();
    }

    private static void close(FileInputStream one) {
        try {
            one.close();
        } catch (IOException e) {
            log.debug("cannot close a reserved file", e);
        }
    }
}
