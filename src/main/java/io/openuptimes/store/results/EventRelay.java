package io.openuptimes.store.results;

import io.openuptimes.bus.Failures;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.EventCodec.Outgoing;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
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

    /** How long outboxes keep moved events, in case the stream's server loses them. */
    private static final long KEPT_MS = TimeUnit.MINUTES.toMillis(10);

    private static final String FROM_START = "-";

    private final Vertx vertx;
    private final Link link;
    /** Per partition, the id of the last event known to be moved. */
    private final String[] marks = new String[Keys.PARTITIONS];

    /** The marks as of the last {@link #tidy}. */
    private String[] oldMarks = new String[Keys.PARTITIONS];

    private final long tidying;

    private Set<Integer> wanted = new TreeSet<>();
    private Future<Void> running = Future.succeededFuture();
    private boolean busy;
    private boolean closed;

    EventRelay(Vertx vertx, Link link) {
        this.vertx = vertx;
        this.link = link;
        forgetMarks();
        oldMarks = marks.clone();
        tidying = vertx.setPeriodic(KEPT_MS, timer -> tidy());
    }

    private void forgetMarks() {
        Arrays.fill(marks, FROM_START);
    }

    /** Moves the events of these partitions; while Redis is away, as soon as it is back. */
    void relay(Collection<Integer> partitions) {
        wanted.addAll(partitions);
        goOn();
    }

    /** Moves recent events again that the stream's server may have lost. */
    void restore() {
        forgetMarks();
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
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
        List<Integer> partitions = List.copyOf(wanted);
        wanted = new LinkedHashSet<>();
        running = move(partitions).transform(moved -> {
            busy = false;
            if (moved.failed()) {
                wanted.addAll(partitions);
                failed(moved.cause());
            } else {
                goOn();
            }
            return Future.succeededFuture();
        });
    }

    private void failed(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.error("cannot move events to the event stream; trying again", failure);
        }
        vertx.setTimer(RETRY_MS, timer -> goOn());
    }

    private Future<Void> move(List<Integer> partitions) {
        List<Request> reads = partitions.stream().map(this::read).toList();
        return link.batch(reads).compose(answers -> move(partitions, answers));
    }

    private Request read(int partition) {
        String mark = marks[partition];
        return Request.cmd(Command.XRANGE)
                .arg(Keys.outbox(partition))
                .arg(mark.equals(FROM_START) ? mark : "(" + mark)
                .arg("+")
                .arg("COUNT")
                .arg(MAX_ENTRIES);
    }

    private Future<Void> move(List<Integer> partitions, List<@Nullable Response> answers) {
        List<Outgoing> events = new ArrayList<>();
        List<Integer> more = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            Response entries = answers.get(i);
            int partition = partitions.get(i);
            if (entries != null) {
                entries.forEach(entry -> events.add(Outgoing.of(partition, entry)));
                if (entries.size() == MAX_ENTRIES) {
                    more.add(partition);
                }
            }
        }
        Future<Void> moved = Future.succeededFuture();
        for (int from = 0; from < events.size(); from += MAX_ENTRIES) {
            List<Outgoing> some = events.subList(from, Math.min(events.size(), from + MAX_ENTRIES));
            moved = moved.compose(before -> link.send(EventCodec.relay(some))).map(told -> {
                some.forEach(event -> marks[event.partition()] = event.id());
                return null;
            });
        }
        return more.isEmpty() ? moved : moved.compose(before -> move(more));
    }

    /** Removes events that were moved at least ten minutes ago. */
    private void tidy() {
        List<Request> trims = new ArrayList<>();
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            if (!oldMarks[partition].equals(FROM_START)) {
                trims.add(Request.cmd(Command.XTRIM)
                        .arg(Keys.outbox(partition))
                        .arg("MINID")
                        .arg(oldMarks[partition]));
            }
        }
        oldMarks = marks.clone();
        if (link.isUp() && !trims.isEmpty()) {
            link.batch(trims);
        }
    }

    /** Completes when all events have been moved, or Redis is away. */
    Future<Void> settled() {
        return busy ? running.compose(moved -> settled()) : Future.succeededFuture();
    }

    void close() {
        closed = true;
        vertx.cancelTimer(tidying);
    }
}
