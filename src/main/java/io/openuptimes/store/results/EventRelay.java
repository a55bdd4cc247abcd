package io.openuptimes.store.results;

import io.openuptimes.bus.Failures;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.EventCodec.Outgoing;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves events from the partitions' outboxes, where they were stored together with the status, to the event stream.
 *
 * <p>A mark per partition, beside the stream, ensures that each event is moved once, although any node may move it.
 * Writers move their own events at once. A node that acquires a partition moves what its outbox holds, and a periodic
 * sweep finds the events of writers that have died. Belongs to one event loop.
 */
final class EventRelay {

    private static final Logger log = LoggerFactory.getLogger(EventRelay.class);

    /** Maximum number of events read from one outbox at once. */
    private static final int MAX_ENTRIES = 500;

    private static final long RETRY_MS = 200;

    /** How long outboxes keep moved events if the stream is on another server, which may lose what it was sent last. */
    private static final long KEPT_IN_CLUSTER_MS = TimeUnit.MINUTES.toMillis(10);

    /** The same if the stream is on the outboxes' server: if that loses a move, it loses the later removal, too. */
    private static final long KEPT_MS = TimeUnit.SECONDS.toMillis(10);

    private static final String FROM_START = "-";

    /** The script's answer if the stream lacks events before the ones read. */
    private static final char BEHIND = 'b';

    private final Vertx vertx;
    private final Link link;
    /** Per partition, the id of the last event known to be moved. */
    private final String[] marks = new String[Keys.PARTITIONS];

    /** The marks as of the last {@link #tidy}. */
    private String[] oldMarks = new String[Keys.PARTITIONS];

    /** Per partition, the mark up to which its outbox has been trimmed. */
    private final String[] trimmed;

    private final long tidying;

    private Set<Integer> wanted = new TreeSet<>();
    private Future<Void> running = Future.succeededFuture();
    private boolean busy;
    private boolean retrying;
    /** Completes when the scheduled retry has ended. */
    private Future<Void> retry = Future.succeededFuture();

    private boolean closed;
    /** How often marks were set back. */
    private int rewinds;

    private boolean logged;

    EventRelay(Vertx vertx, Link link, Layout layout) {
        this.vertx = vertx;
        this.link = link;
        Arrays.fill(marks, FROM_START);
        oldMarks = marks.clone();
        trimmed = marks.clone();
        tidying = vertx.setPeriodic(layout == Layout.CLUSTER ? KEPT_IN_CLUSTER_MS : KEPT_MS, timer -> tidy());
    }

    /** Moves the events of these partitions; while Redis is away, as soon as it is back. */
    void relay(Collection<Integer> partitions) {
        wanted.addAll(partitions);
        if (!retrying) {
            goOn();
        }
    }

    /**
     * Moves the events of partitions that this node has acquired. Reads their outboxes from the start: since the last
     * read, Redis may have lost its data and started again with lower epochs.
     */
    void takeOver(Collection<Integer> partitions) {
        rewinds++;
        partitions.forEach(this::rewind);
        relay(partitions);
    }

    /** Moves recent events again that the stream's server may have lost. */
    void restore() {
        rewinds++;
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            rewind(partition);
            wanted.add(partition);
        }
        goOn();
    }

    /** Continues after a failure. */
    void goOn() {
        if (busy || closed || wanted.isEmpty() || !link.isUp()) {
            return;
        }
        busy = true;
        Set<Integer> partitions = wanted;
        wanted = new TreeSet<>();
        running = move(partitions).transform(moved -> {
            busy = false;
            if (moved.failed()) {
                wanted.addAll(partitions);
                retry(moved.cause());
            } else if (moved.result()) {
                goOn();
            } else {
                retry(null);
            }
            return Future.succeededFuture();
        });
    }

    private void retry(@Nullable Throwable failure) {
        if (failure != null && Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.error("cannot move events to the event stream; trying again", failure);
        }
        if (!retrying) {
            retrying = true;
            Promise<Void> over = Promise.promise();
            retry = over.future();
            vertx.setTimer(RETRY_MS, timer -> {
                retrying = false;
                goOn();
                running.onComplete(moved -> over.complete());
            });
        }
    }

    /**
     * The entries read from an outbox.
     *
     * @param failed whether the outbox could not be read because its server is away
     */
    private record Outbox(
            int partition, String from, @Nullable Response entries, boolean failed) {}

    /** Returns whether all outboxes could be read. Unread outboxes, and those with more events, are queued again. */
    private Future<Boolean> move(Set<Integer> partitions) {
        int before = rewinds;
        List<Future<Outbox>> reads = partitions.stream().map(this::read).toList();
        return Future.join(reads).compose(all -> {
            List<Outgoing> events = new ArrayList<>();
            boolean complete = true;
            for (Future<Outbox> read : reads) {
                Outbox outbox = read.result();
                complete &= !outbox.failed();
                if (take(outbox, events)) {
                    wanted.add(outbox.partition());
                }
            }
            Future<Void> moved = Future.succeededFuture();
            for (int from = 0; from < events.size(); from += MAX_ENTRIES) {
                List<Outgoing> some = events.subList(from, Math.min(events.size(), from + MAX_ENTRIES));
                moved = moved.compose(done -> link.send(EventCodec.relay(some))).map(told -> moved(some, told, before));
            }
            return moved.map(complete);
        });
    }

    private Future<Outbox> read(int partition) {
        String from = marks[partition];
        Request read = Request.cmd(Command.XRANGE)
                .arg(Keys.outbox(partition))
                .arg(from.equals(FROM_START) ? from : "(" + from)
                .arg("+")
                .arg("COUNT")
                .arg(MAX_ENTRIES);
        return link.send(read)
                .transform(answer -> Future.succeededFuture(
                        new Outbox(partition, from, answer.succeeded() ? answer.result() : null, answer.failed())));
    }

    /** Adds an outbox's events; returns whether it must be read again. */
    private boolean take(Outbox outbox, List<Outgoing> events) {
        Response entries = outbox.entries();
        if (entries == null) {
            return outbox.failed();
        }
        for (Response entry : entries) {
            try {
                events.add(Outgoing.of(outbox.partition(), outbox.from(), entry));
            } catch (RuntimeException unreadable) {
                if (!logged) {
                    logged = true;
                    log.error("event {} in an outbox cannot be read and is skipped", entry.get(0), unreadable);
                }
            }
        }
        return entries.size() == MAX_ENTRIES;
    }

    private @Nullable Void moved(List<Outgoing> events, @Nullable Response told, int before) {
        String answers = String.valueOf(told);
        for (int i = 0; i < events.size(); i++) {
            Outgoing event = events.get(i);
            if (i < answers.length() && answers.charAt(i) == BEHIND) {
                marks[event.partition()] = FROM_START;
                wanted.add(event.partition());
            } else if (rewinds == before) {
                marks[event.partition()] = event.id();
            }
        }
        return null;
    }

    /** Removes events that were moved before the previous call. Called at the end of each period. */
    void tidy() {
        if (!link.isUp()) {
            return;
        }
        String[] moved = oldMarks;
        oldMarks = marks.clone();
        int before = rewinds;
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            String mark = moved[partition];
            if (!mark.equals(FROM_START) && !mark.equals(trimmed[partition])) {
                trim(partition, mark, before);
            }
        }
    }

    private void trim(int partition, String mark, int before) {
        link.send(Request.cmd(Command.XTRIM)
                        .arg(Keys.outbox(partition))
                        .arg("MINID")
                        .arg(mark))
                .onSuccess(done -> {
                    if (rewinds == before) {
                        trimmed[partition] = mark;
                    }
                });
    }

    /** Resets the partition's marks, because Redis may have lost the moves and removals that they stand for. */
    private void rewind(int partition) {
        marks[partition] = FROM_START;
        oldMarks[partition] = FROM_START;
        trimmed[partition] = FROM_START;
    }

    /** Completes when the events queued before the call have been moved or have failed. */
    Future<Void> settled() {
        return running.compose(moved -> retrying ? retry : running);
    }

    void close() {
        closed = true;
        vertx.cancelTimer(tidying);
    }
}
