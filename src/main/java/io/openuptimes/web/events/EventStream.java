package io.openuptimes.web.events;

import io.openuptimes.bus.EventId;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open event stream: a position in the log that advances as fast as its client reads.
 *
 * <p>Pending events stay in the shared log, so a client that does not read costs no more than its socket's queue. If
 * the log has moved past its position, the client is told to reload everything.
 */
public final class EventStream {

    private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

    /**
     * A quiet stream repeats its summary, so that clients can tell a quiet stream from a dead one, proxies keep it
     * open, and a lost client is noticed.
     */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CREDENTIALS_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int QUEUE_BYTES = 32 * 1024;
    private static final int MAX_RESULTS = 200;
    private static final String RESET = EventItem.event("reset", "{}") + '\n';

    /** A finished check, sent after the log's items before that position. */
    private record Result(long place, Buffer bytes) {}

    /** Shared by all streams of an instance with the same audience. */
    record Source(StatusBoard board, EventLog log, EventChunks chunks, EventSummary summary, StreamMetrics metrics) {}

    private final Source source;
    private final HttpServerResponse response;
    private final Caller caller;
    private final Sight sight;
    private final Consumer<EventStream> ended;
    private final long openedAt = System.nanoTime();
    private final Deque<Result> results = new ArrayDeque<>();
    private boolean resultsLost;
    private long place;
    private @Nullable EventId known;
    private @Nullable Buffer summarySent;
    private long writtenAt = openedAt;
    private long fullSince;
    private boolean closed;

    /**
     * @param source for the caller's audience
     * @param ended called once, however the stream ends
     */
    public EventStream(Source source, HttpServerResponse response, Caller caller, Consumer<EventStream> ended) {
        this.source = source;
        this.response = response;
        this.caller = caller;
        this.sight = caller.sight();
        this.ended = ended;
    }

    Caller caller() {
        return caller;
    }

    Sight sight() {
        return sight;
    }

    /**
     * Starts sending.
     *
     * @param after the client's last event; null if it did not send one
     * @param valid false if it sent an invalid ID
     */
    public void open(@Nullable EventId after, boolean valid) {
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.drainHandler(drained -> pump());
        response.closeHandler(gone -> closed(StreamEnd.CLIENT));
        response.exceptionHandler(gone -> closed(StreamEnd.CLIENT));
        if (response.closed()) { // during authentication; the handlers are no longer called
            closed(StreamEnd.CLIENT);
            return;
        }
        if (valid && after == null) {
            place = source.log().end();
            known = source.board().progress().upTo(); // the loaded state may be ahead of the log
            write(EventChunks.bytes("retry: 2000\n" + idLine() + '\n'));
        } else {
            place = after == null ? -1 : source.log().after(after);
            known = place < 0 ? null : after;
            write(EventChunks.bytes("retry: 2000\n\n"));
        }
        writeSummary();
        pump();
    }

    /** Queues a finished check that the client subscribed to. */
    void result(Buffer bytes) {
        if (clientIsAhead()) {
            return;
        }
        if (results.size() == MAX_RESULTS) {
            resultsLost = true;
            results.clear();
        }
        if (!resultsLost) {
            results.add(new Result(source.log().end(), bytes));
        }
    }

    /** Sends what is pending until the socket's queue is full. */
    void pump() {
        boolean more = true;
        while (more && !closed && !response.writeQueueFull()) {
            fullSince = 0;
            more = writeNext();
        }
        if (more && fullSince == 0) {
            fullSince = System.nanoTime();
        }
    }

    private boolean writeNext() {
        if (resultsLost || place < source.log().first()) {
            reset();
            return true;
        }
        passOverKnown();
        Result result = results.peek();
        if (result != null && result.place() <= place) {
            results.remove();
            write(result.bytes());
            return true;
        }
        long until = result == null ? source.log().end() : result.place();
        if (place < until) {
            EventChunks.Chunk chunk = source.chunks().from(place, until, sight);
            place = chunk.to();
            if (chunk.bytes().length() > 0) {
                write(chunk.bytes());
            }
            return true;
        }
        return writeSummary();
    }

    private boolean writeSummary() {
        Buffer summary = source.summary().current();
        if (summary == summarySent) {
            return false;
        }
        summarySent = summary;
        write(summary);
        return true;
    }

    private void passOverKnown() {
        EventId upTo = known;
        while (upTo != null
                && place < source.log().end()
                && !source.log().get(place).isProvisional()
                && !source.log().get(place).id().isAfter(upTo)) {
            place++;
        }
    }

    private void reset() {
        place = source.log().end();
        source.metrics().reset();
        known = source.board().progress().upTo();
        resultsLost = false;
        results.clear();
        write(EventChunks.bytes(RESET + idLine() + '\n'));
    }

    /** Marks everything up to this ID as sent. */
    private String idLine() {
        return "id: " + (clientIsAhead() ? known : source.board().progress().upTo()) + '\n';
    }

    /** Whether another instance has told the client more than this one knows. */
    private boolean clientIsAhead() {
        EventId ahead = known;
        EventId upTo = source.board().progress().upTo();
        return ahead != null && upTo != null && ahead.isAfter(upTo);
    }

    private void write(Buffer bytes) {
        writtenAt = System.nanoTime();
        response.write(bytes); // failures reach the handlers
    }

    /**
     * Runs once a second: sends the summary and keep-alives, and ends streams that stalled or are due for
     * re-authentication.
     */
    void tick(long now) {
        boolean stalled = fullSince != 0 && now - fullSince >= STALLED_NANOS;
        boolean stale = caller.kind() != Caller.Kind.ANONYMOUS && now - openedAt >= CREDENTIALS_NANOS;
        if (stalled || stale) {
            end(stalled ? StreamEnd.STALLED : StreamEnd.CREDENTIALS);
            return;
        }
        pump();
        if (!closed && !response.writeQueueFull() && now - writtenAt >= QUIET_NANOS) {
            write(EventChunks.bytes(idLine() + '\n'));
            summarySent = null;
            writeSummary();
        }
    }

    /** Tells the client the reason if it is reading. It may reconnect, which authenticates it again. */
    void end(StreamEnd why) {
        if (!closed) {
            boolean full = response.writeQueueFull();
            closed(why);
            if (full) {
                response.reset();
            } else {
                response.end(EventItem.event("dropped", "{\"reason\":\"" + why.word() + "\"}") + '\n');
            }
        }
    }

    /** Ends the stream in favour of another caller with fewer streams. */
    public void evict() {
        end(StreamEnd.EVICTED);
    }

    boolean isClosed() {
        return closed;
    }

    private void closed(StreamEnd why) {
        if (!closed) {
            closed = true;
            source.metrics().ended(why);
            if (why == StreamEnd.STALLED) {
                logger.debug(
                        "closed an event stream whose client has read nothing for {} s",
                        TimeUnit.NANOSECONDS.toSeconds(STALLED_NANOS));
            }
            results.clear();
            ended.accept(this);
        }
    }
}
