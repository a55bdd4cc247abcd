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
 * The right to change more than one thing of the services, which one node has at a time.
 *
 * <p>A change of one service is one script in the service's partition, which writes only if what is stored is what was
 * read. Where a change is several steps, nothing may come between them: a change of many is planned from what was read,
 * and a name belongs to the names, not to the partition. Redis's scripts cannot see a lock from there, for in a cluster
 * each sees its own slot. So the lock comes with marks: whoever has taken it <em>closes</em> the partitions that it
 * means to change, and the names, by its mark in each of their slots. Every script that changes services looks for the
 * mark beside them, in the same step, and answers {@code HELD} unless it is the caller's own.
 *
 * <ul>
 *   <li>Nothing is read for the plan before all is closed: what others change is either in it or comes after it.
 *   <li>Only the lock expires. What is closed stays so until somebody opens it: nobody changes a half of what a node
 *       that has died was writing. Whoever takes the lock next is told that something is undone, closes everything for
 *       itself and finishes it or wipes it away.
 *   <li>Marks are counted, and a later one takes the place of an earlier one, never the other way round. A node that
 *       sleeps while it has the lock and goes on after others have had it finds their marks or none, and changes
 *       nothing; neither does a command of its that comes late. The journal is written by the same rule.
 *   <li>A mark that comes late all the same, where all is open again, closes a slot for nobody. Who waits there for
 *       long, while nobody has the lock, takes it to clear up.
 *   <li>Nodes take turns: who was refused is next, for half a second.
 * </ul>
 */
public final class ChangeLock {

    /** So long after a node's end others finish what it has begun; longer than a command may take. */
    static final long TTL_MS = 2 * Link.COMMAND_TIMEOUT_MS;

    private static final long KEEP_MS = TTL_MS / 5;
    private static final long NEXT_MS = 300;

    /** Begins the run of a command, which may be at work beside a node that is alone. */
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
     * @param only whether no other node can be on this Redis: who has the lock is gone then, or is a command
     */
    public ChangeLock(Vertx vertx, Link link, String run, boolean only) {
        this.vertx = vertx;
        this.link = link;
        this.run = run;
        this.only = only;
    }

    /** The lock, taken. */
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

        /** For the scripts: where it is closed by this mark, the caller is let in. */
        public String mark() {
            return mark;
        }

        /** Whether somebody has had it and did not come to an end. */
        boolean undone() {
            return undone;
        }

        /** Lets nobody else change the services of a partition, or any names. */
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
         * Whether all that was closed is closed still.
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

        /** What is half done is to stay closed, also though it has succeeded: see {@link #leave}. */
        public void unfinished() {
            unfinished = true;
        }

        /** In an order in which a reader of this process hears of what was done before others do more. */
        Future<Void> giveBack() {
            if (unfinished) {
                return leave();
            }
            vertx.cancelTimer(keeping);
            return (closed.isEmpty() ? Future.<Void>succeededFuture() : open())
                    .compose(opened -> keep(mark, 0))
                    .transform(given -> {
                        held = false;
                        return Future.succeededFuture(); // what is left so, the next one clears up
                    });
        }

        /** Lets everything stay closed: it may be half done, and whoever takes the lock next is to finish it. */
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
     * Takes it, if no other node has it.
     *
     * @return null if one has; then this one is to have it soon
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

    /** Whether something was left undone by a node that is gone, or by this one. */
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

    /** Lets this node be next, so that one that changes very much leaves room for others. */
    Future<Void> askForRoom() {
        return link.send(Request.cmd(Command.SET)
                        .arg(Keys.CHANGES_NEXT)
                        .arg(run)
                        .arg("PX")
                        .arg(NEXT_MS)
                        .arg("NX"))
                .mapEmpty();
    }

    /** Whether a change was refused since another node has the right to make it, and can be tried again. */
    public static boolean isHeld(Throwable failure) {
        return failure instanceof ErrorType error
                && String.valueOf(error.getMessage()).contains("HELD");
    }
}
