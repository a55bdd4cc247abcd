package io.openuptimes.web.access;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Client;
import io.openuptimes.web.http.FairShares;
import io.openuptimes.web.intake.BodyBudget;
import io.openuptimes.web.intake.HeldBytes;
import io.vertx.ext.web.RoutingContext;

/** What all callers together, and each of them, may have at the same time. There is one for the process; thread-safe. */
public final class Allowances {

    private final FairShares streams;
    private final CallerLimit longReads = new CallerLimit("long history reads", 100, 20);
    private final CallerLimit pings = new CallerLimit("pings", 200, 40);
    private final CallerLimit exports = new CallerLimit("history downloads", 50, 5);
    private final BodyBudget bodies = BodyBudget.of(Runtime.getRuntime().maxMemory());

    /**
     * @param maxStreams event streams: a tenth for one caller at most, and a tenth reserved for callers with a key or a
     *     session
     */
    Allowances(int maxStreams) {
        streams = new FairShares(
                new FairShares.Bounds("event streams", maxStreams, Math.max(1, maxStreams / 10), maxStreams / 10));
    }

    /**
     * Counts an event stream, or a request that waits. If all places are taken, it may cost the caller with the most
     * streams its oldest.
     *
     * @throws ApiException 429 or 503 if there are too many
     */
    public FairShares.Share takeStream(RoutingContext context) {
        return streams.take(Client.name(context), Client.isKnown(context), 1);
    }

    /**
     * Counts a read that may go through all that is kept of a service.
     *
     * @return to be run once, when it has ended
     * @throws ApiException 429 or 503 if there are too many
     */
    public Runnable takeLongRead(RoutingContext context) {
        return longReads.take(Client.name(context));
    }

    /** Counts a history that is sent as a whole, at the client's pace; as {@link #takeLongRead}. */
    public Runnable takeExport(RoutingContext context) {
        return exports.take(Client.name(context));
    }

    /** Counts a ping that may have to wait; as {@link #takeLongRead}. */
    public Runnable takePing(RoutingContext context) {
        return pings.take(Client.name(context));
    }

    /** Where the bytes of a request under way are counted: the process's and the caller's. */
    public HeldBytes account(RoutingContext context) {
        return bodies.open(Client.name(context), Client.isKnown(context));
    }

    /** Bytes that requests under way hold now. */
    public long heldBytes() {
        return bodies.held();
    }

    /** Event streams that are open now. */
    public long openStreams() {
        return streams.open();
    }
}
