package io.openuptimes.web.http;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies that newer ones have replaced while responses still send them: at most {@value #MOST}, because each holds
 * megabytes.
 *
 * <p>Belongs to one event loop.
 */
public final class ReplacedBodies {

    private static final Logger log = LoggerFactory.getLogger(ReplacedBodies.class);

    static final int MOST = 8;

    /**
     * @param at as {@link System#nanoTime}
     */
    private record Replaced(LongBody body, long at) {}

    private final Deque<Replaced> oldestFirst = new ArrayDeque<>();

    /** Adds a body, whether or not anyone still reads it. */
    public void add(LongBody body) {
        oldestFirst.add(new Replaced(body, System.nanoTime()));
    }

    /**
     * Whether one more body may be replaced. If there are too many, closes the connections that still read the oldest
     * one, unless it was replaced too recently.
     *
     * @param patience how long a body may still be read, nanoseconds
     */
    public boolean hasRoom(long patience) {
        dropUnread();
        if (oldestFirst.size() < MOST) {
            return true;
        }
        Replaced oldest = oldestFirst.getFirst();
        if (System.nanoTime() - oldest.at() < patience) {
            return false;
        }
        int slow = oldest.body().readers().abort(Outflow.Break.SLOW);
        log.debug("closed the connections of {} clients that read a long response too slowly", slow);
        oldestFirst.removeFirst();
        return true;
    }

    /** Drops bodies that nobody reads any more. */
    public void dropUnread() {
        oldestFirst.removeIf(replaced -> replaced.body().readers().isEmpty());
    }
}
