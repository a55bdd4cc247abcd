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
 * One open event stream: a place in the log, moved on as fast as its client reads.
 *
 * <p>What it has still to be told stays in the log that all share, so that a client that does not read costs no more
 * than its socket's queue. When the log has moved past its place, it is told to load everything again.
 */
public final class EventStream {

    private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

    /**
     * A quiet stream tells its summary again: so clients know a stream that is dead from one that has nothing to tell,
     * proxies do not end it, and it is found out that a client is gone.
     */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CREDENTIALS_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int QUEUE_BYTES = 32 * 1024;
    private static final int MAX_RESULTS = 200;
    private static final String RESET = EventItem.event("reset", "{}") + '\n';

    /** A check that has ended, to be told between what the log has before that place and what it has from there on. */
    private record Result(long place, Buffer bytes) {}

    /** What all streams of an instance share. */
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
     * @param source of the audience that sees what the caller sees
     * @param ended told once, whoever ended it
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
     * Begins.
     *
     * @param after what the client knows already; null if it does not say
     * @param valid false if it says something that is no id
     */
    public void open(@Nullable EventId after, boolean valid) {
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.drainHandler(drained -> pump());
        response.closeHandler(gone -> closed(StreamEnd.CLIENT));
        response.exceptionHandler(gone -> closed(StreamEnd.CLIENT));
        if (response.closed()) { // while it was found out who calls; the handlers are not told any more
            closed(StreamEnd.CLIENT);
            return;
        }
        if (valid && after == null) {
            place = source.log().end();
            known = source.board().upTo(); // what was loaded may be ahead of what has been told
            write(EventChunks.bytes("retry: 2000\n" + idLine() + '\n'));
        } else {
            place = after == null ? -1 : source.log().after(after);
            known = place < 0 ? null : after;
            write(EventChunks.bytes("retry: 2000\n\n"));
        }
        writeSummary();
        pump();
    }

    /** A check of a service that the client asked for. */
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

    /** Tells what there is to tell, as long as the socket takes it. */
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
                && !source.log().get(place).id().isAfter(upTo)) {
            place++;
        }
    }

    private void reset() {
        place = source.log().end();
        source.metrics().reset();
        known = source.board().upTo();
        resultsLost = false;
        results.clear();
        write(EventChunks.bytes(RESET + idLine() + '\n'));
    }

    /** Everything up to here has been told. */
    private String idLine() {
        return "id: " + (clientIsAhead() ? known : source.board().upTo()) + '\n';
    }

    /** It was told by another instance what this one has not heard of yet. */
    private boolean clientIsAhead() {
        EventId ahead = known;
        EventId upTo = source.board().upTo();
        return ahead != null && upTo != null && ahead.isAfter(upTo);
    }

    private void write(Buffer bytes) {
        writtenAt = System.nanoTime();
        response.write(bytes); // that it failed, the handlers tell
    }

    /** Once a second: the summary, a sign of life, the end of what has lasted long enough. */
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

    /** Tells the client why, if it reads. It may connect again, and says who it is. */
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

    /** Another caller, which has fewer, takes its place. */
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
