package io.openuptimes.store.asks;

import io.openuptimes.bus.EventId;
import io.openuptimes.bus.Failures;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Streams;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream through which nodes send each other requests and answers. All nodes read it and ignore entries for others.
 * A node misses entries written while it is not connected; the sender then continues without an answer.
 *
 * <p>Belongs to one event loop.
 */
final class AskStream {

    private static final Logger log = LoggerFactory.getLogger(AskStream.class);

    /** Shorter than the command timeout. */
    private static final long BLOCK_MS = Link.COMMAND_TIMEOUT_MS * 2 / 5;

    private static final int MAX_ENTRIES = 100;
    private static final long RETRY_MS = 200;

    /** Older entries are trimmed; they are of use for seconds only. */
    private static final int MAX_KEPT = 1_000;

    private static final String TO = "to";
    private static final EventId START = new EventId(0, 0);

    private final Vertx vertx;
    private final Link writing;
    private final Link reading;
    private final String own;
    private final Consumer<Map<String, String>> received;
    private @Nullable EventId position;
    private boolean running;
    private boolean closed;

    /**
     * @param writing a link that no blocking command occupies
     * @param own name of this run of the node
     * @param received called with the fields of each entry for this node
     */
    AskStream(Vertx vertx, Links links, Link writing, String own, Consumer<Map<String, String>> received) {
        this.vertx = vertx;
        this.writing = writing;
        this.reading = links.to("asks", this::again, () -> position = null);
        this.own = own;
        this.received = received;
    }

    void open() {
        reading.open();
    }

    /**
     * Sends an entry to another node.
     *
     * @param node name of its run
     * @param fields with keys other than {@code to}
     */
    Future<Void> send(String node, Map<String, String> fields) {
        Request entry = Request.cmd(Command.XADD)
                .arg(Keys.ASKS)
                .arg("MAXLEN")
                .arg("~")
                .arg(MAX_KEPT)
                .arg("*")
                .arg(TO)
                .arg(node);
        fields.forEach((name, value) -> entry.arg(name).arg(value));
        return writing.send(entry).mapEmpty();
    }

    private void again() {
        if (closed || running || !reading.isUp()) {
            return;
        }
        running = true;
        from().compose(this::read)
                .onComplete(
                        read -> {
                            running = false;
                            again();
                        },
                        failure -> {
                            running = false;
                            if (!closed && Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
                                log.error("cannot read what other nodes ask; trying again", failure);
                            }
                            vertx.setTimer(RETRY_MS, timer -> again());
                        });
    }

    /** After each connection, the stream's end: earlier requests are out of date. */
    private Future<EventId> from() {
        EventId at = position;
        return at != null
                ? Future.succeededFuture(at)
                : reading.send(Request.cmd(Command.XREVRANGE)
                                .arg(Keys.ASKS)
                                .arg("+")
                                .arg("-")
                                .arg("COUNT")
                                .arg(1))
                        .map(newest -> newest == null || newest.size() == 0
                                ? START
                                : Streams.id(newest.get(0).get(0)))
                        .onSuccess(end -> position = end);
    }

    private Future<Void> read(EventId from) {
        return reading.send(Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(MAX_ENTRIES)
                        .arg("BLOCK")
                        .arg(BLOCK_MS)
                        .arg("STREAMS")
                        .arg(Keys.ASKS)
                        .arg(from.toString()))
                .map(streams -> {
                    Response entries = Streams.entries(streams, Keys.ASKS);
                    if (entries != null) {
                        entries.forEach(this::take);
                    }
                    return null;
                });
    }

    private void take(Response entry) {
        position = Streams.id(entry.get(0));
        Map<String, String> fields = new HashMap<>();
        Response pairs = entry.get(1);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        if (own.equals(fields.remove(TO))) {
            received.accept(fields);
        }
    }

    Future<Void> close() {
        closed = true;
        return reading.close();
    }
}
