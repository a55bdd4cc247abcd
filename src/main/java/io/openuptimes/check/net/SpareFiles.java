package io.openuptimes.check.net;

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
 * File descriptors kept in reserve and released when a check cannot get one, so that a process that has run out of them
 * can still accept API connections and connect to Redis. Until enough are available again to refill the reserve, checks
 * open nothing and report that this machine lacks file descriptors.
 *
 * <p>Safe for use by any thread.
 */
final class SpareFiles {

    private static final Logger log = LoggerFactory.getLogger(SpareFiles.class);

    static final int HELD = 32;
    private static final int ENOUGH = HELD / 2;
    /** Leaves time for others to take a descriptor: a server that cannot accept tries again a second later. */
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
        this.none = Files.notExists(NOTHING); // a system with other limits
        take();
        left = true; // lets checks try when hardly any are left at the start
    }

    /** Whether a check may open a descriptor. */
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

    /** Releases the reserve after a check could not get a descriptor. */
    synchronized void give() {
        if (left && !none) {
            left = false;
            givenAt = nanos.getAsLong();
            close();
            log.warn("no file descriptor is left: checks wait, and the API and Redis use the reserve. Raise the limit"
                    + " (ulimit -n)");
        }
    }

    /** Runs work that needs a descriptor and cannot be postponed, using the reserve if necessary. */
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
            // as many as the system allows
        }
        return held.size() >= ENOUGH;
    }

    /** Releases the reserve for good. */
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
