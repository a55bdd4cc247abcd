package io.openuptimes.store.changes;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A lock, held by one node at a time, for changes of services that take more than one step.
 *
 * <p>A change of one service is one compare-and-set script in the service's partition. Changes with several steps must
 * not be interleaved with others: a bulk change is planned from what was read, and names are stored outside the
 * partition. Redis scripts cannot check a lock there, because in a cluster each script sees only its own slot. The
 * holder therefore <em>closes</em> the partitions that it will change, and the names, by writing its mark into each of
 * their slots. Every script that changes services checks the mark in its slot in the same step, and answers
 * {@code HELD} unless it is the caller's own.
 *
 * <ul>
 *   <li>Nothing is read for the plan before everything is closed: a change by others is either in the plan or comes
 *       after it.
 *   <li>Only the lock expires. Closed slots stay closed until they are opened, so that nobody changes data that a dead
 *       node left half written. The next holder is told about unfinished work, closes everything itself, and finishes
 *       or discards it.
 *   <li>Marks are numbered, and a later one replaces an earlier one, never the reverse. A node that is suspended while
 *       it holds the lock and resumes after others have held it finds their marks or none, and changes nothing; the
 *       same goes for its delayed commands. The journal follows the same rule.
 *   <li>A delayed mark that arrives after all slots have been opened closes a slot without a holder. A node that waits
 *       long for such a slot while nobody holds the lock takes the lock to clean up.
 *   <li>Nodes take turns: a refused node is next, for half a second.
 * </ul>
 */
public final class ChangeLock {

    /** Other nodes finish a dead node's work after this time; longer than the command timeout. */
    static final long TTL_MS = 2 * Link.COMMAND_TIMEOUT_MS;

    private static final long KEEP_MS = TTL_MS / 5;
    private static final long NEXT_MS = 300;

    /** Prefix of a command's run; a command may run beside a node that is alone. */
    public static final String COMMAND = "command-";

    private static final Set<Integer> ALL =
            Set.copyOf(IntStream.range(0, Keys.PARTITIONS).boxed().toList());

    private final Vertx vertx;
    private final Link link;
    private final String run;
    private final boolean only;
    private boolean held;

    /**
     * @param run names this run of the node, or begins with {@link #COMMAND}
     * @param only whether no other node can use this Redis; any other holder is then gone, or is a command
     */
    public ChangeLock(Vertx vertx, Link link, String run, boolean only) {
        this.vertx = vertx;
        this.link = link;
        this.run = run;
        this.only = only;
    }

    /** The acquired lock. */
    public final class Grip {

        private final String mark;
        private final boolean undone;
        private final long keeping;
        private final Set<Integer> closed = new TreeSet<>();
        private boolean unfinished;

        private Grip(String mark, boolean undone) {
            this.mark = mark;
            this.undone = undone;
            keeping = vertx.setPeriodic(KEEP_MS, timer -> keep(mark, TTL_MS));
        }

        /** Passed to scripts, which let the caller change what this mark has closed. */
        public String mark() {
            return mark;
        }

        /** Whether a previous holder left unfinished work. */
        boolean undone() {
            return undone;
        }

        /** Keeps others from changing the partition's services and any names. */
        public Future<Void> close(int partition) {
            return close(Set.of(partition));
        }

        public Future<Void> closeAll() {
            return close(ALL);
        }

        private Future<Void> close(Set<Integer> partitions) {
            closed.addAll(partitions);
            return link.batch(slots(partitions, true)).mapEmpty();
        }

        /**
         * Checks that everything is still closed.
         *
         * @return fails if another node has taken over
         */
        public Future<Void> confirm() {
            return link.send(Request.cmd(Command.GET).arg(Keys.CHANGES_HELD))
                    .compose(holder -> holder != null && holder.toString().equals(mark)
                            ? Future.succeededFuture()
                            : Future.failedFuture(new Refused(
                                    Failures.STORE_UNREACHABLE,
                                    "Another node took over in the middle of it; try again")));
        }

        /** Keeps everything closed although the change succeeds, because part of it is not yet written. */
        public void unfinished() {
            unfinished = true;
        }

        /** Opens everything, then releases the lock. */
        Future<Void> giveBack() {
            if (unfinished) {
                return leave();
            }
            vertx.cancelTimer(keeping);
            return (closed.isEmpty() ? Future.<Void>succeededFuture() : open())
                    .compose(opened -> keep(mark, 0))
                    .transform(given -> {
                        held = false;
                        return Future.succeededFuture(); // the next holder cleans up anything left
                    });
        }

        /**
         * Stops renewing the lock and leaves everything closed: the change may be half written, and the next holder
         * finishes it.
         */
        Future<Void> leave() {
            vertx.cancelTimer(keeping);
            held = false;
            return Future.succeededFuture();
        }

        private Future<Void> open() {
            return link.batch(slots(closed, false)).mapEmpty();
        }

        private List<Request> slots(Collection<Integer> partitions, boolean close) {
            List<Request> requests = new ArrayList<>();
            requests.add(slot(Keys.NAMES_CLOSED, close));
            partitions.forEach(partition -> requests.add(slot(Keys.closed(partition), close)));
            return requests;
        }

        private Request slot(String key, boolean close) {
            return Script.CLOSE_SLOT.call(1).arg(key).arg(mark).arg(close ? 1 : 0);
        }
    }

    private Future<@Nullable Response> keep(String mark, long forMs) {
        return link.send(Script.KEEP_CHANGES
                .call(2)
                .arg(Keys.CHANGES_LOCK)
                .arg(Keys.CHANGES_HELD)
                .arg(mark)
                .arg(forMs));
    }

    /**
     * Takes the lock unless another node has it.
     *
     * @return null if another node has it; this node is then next
     */
    Future<@Nullable Grip> take() {
        return link.send(Script.TAKE_CHANGES
                        .call(6)
                        .arg(Keys.CHANGES_LOCK)
                        .arg(Keys.CHANGES_HELD)
                        .arg(Keys.CHANGES_COUNT)
                        .arg(Keys.CHANGES_NEXT)
                        .arg(Keys.BULK_COMMITTED)
                        .arg(Keys.BULK_CHUNKS)
                        .arg(run)
                        .arg(TTL_MS)
                        .arg(only ? 1 : 0))
                .map(taken -> {
                    if (taken == null) {
                        return null;
                    }
                    held = true;
                    return new Grip(taken.get(0).toString(), taken.get(1).toInteger() == 1);
                });
    }

    /** Whether this node, or one that is gone, left unfinished work. */
    Future<Boolean> isUndone() {
        if (held) {
            return Future.succeededFuture(false);
        }
        return link.send(Request.cmd(Command.MGET)
                        .arg(Keys.CHANGES_LOCK)
                        .arg(Keys.CHANGES_HELD)
                        .arg(Keys.BULK_COMMITTED))
                .map(marks -> marks != null && isFree(marks.get(0)) && (marks.get(1) != null || marks.get(2) != null));
    }

    /** Whether no other node has it. */
    Future<Boolean> isFree() {
        return link.send(Request.cmd(Command.GET).arg(Keys.CHANGES_LOCK)).map(this::isFree);
    }

    private boolean isFree(@Nullable Response lock) {
        return lock == null
                || lock.toString().endsWith(" " + run)
                || (only && !lock.toString().contains(" " + COMMAND));
    }

    /** Puts this node next in line, so that a node with many changes leaves room for others. */
    Future<Void> askForRoom() {
        return link.send(Request.cmd(Command.SET)
                        .arg(Keys.CHANGES_NEXT)
                        .arg(run)
                        .arg("PX")
                        .arg(NEXT_MS)
                        .arg("NX"))
                .mapEmpty();
    }

    /** Whether a change was refused because another node has closed what it changes; it can be retried. */
    public static boolean isHeld(Throwable failure) {
        return failure instanceof ErrorType error
                && String.valueOf(error.getMessage()).contains("HELD");
    }
}
