package io.openuptimes.web.access;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Client;
import io.openuptimes.web.http.FairShares;
import io.openuptimes.web.intake.BodyBudget;
import io.openuptimes.web.intake.HeldBytes;
import io.vertx.ext.web.RoutingContext;

/** Limits on concurrent work, overall and per caller. One per process; thread-safe. */
public final class Allowances {

    private final FairShares streams;
    private final CallerLimit longReads = new CallerLimit("long history reads", 100, 20);
    private final CallerLimit pings = new CallerLimit("pings", 200, 40);
    private final CallerLimit exports = new CallerLimit("history downloads", 50, 5);
    private final BodyBudget bodies = BodyBudget.of(Runtime.getRuntime().maxMemory());

    /**
     * @param maxStreams event streams: at most a tenth per caller, and a tenth reserved for callers with a key or a
     *     session
     */
    Allowances(int maxStreams) {
        streams = new FairShares(
                new FairShares.Bounds("event streams", maxStreams, Math.max(1, maxStreams / 10), maxStreams / 10));
    }

    /**
     * Counts an event stream or a long-polling request. If every place is taken, the caller with the most streams may
     * lose its oldest.
     *
     * @throws ApiException 429 or 503 if there are too many
     */
    public FairShares.Share takeStream(RoutingContext context) {
        return streams.take(Client.name(context), Client.isKnown(context), 1);
    }

    /**
     * Counts a read that may scan a service's whole history.
     *
     * @return run it once, when the read has ended
     * @throws ApiException 429 or 503 if there are too many
     */
    public Runnable takeLongRead(RoutingContext context) {
        return longReads.take(Client.name(context));
    }

    /** Counts an export of a whole history, which runs at the client's pace; as {@link #takeLongRead}. */
    public Runnable takeExport(RoutingContext context) {
        return exports.take(Client.name(context));
    }

    /** Counts a ping that may have to wait; as {@link #takeLongRead}. */
    public Runnable takePing(RoutingContext context) {
        return pings.take(Client.name(context));
    }

    /** The account for a request's bytes, counted for both the process and the caller. */
    public HeldBytes account(RoutingContext context) {
        return bodies.open(Client.name(context), Client.isKnown(context));
    }

    /** Bytes currently held by pending requests. */
    public long heldBytes() {
        return bodies.held();
    }

    /** Number of open event streams. */
    public long openStreams() {
        return streams.open();
    }
}
