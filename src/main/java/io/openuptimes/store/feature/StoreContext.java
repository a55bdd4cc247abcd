package io.openuptimes.store.feature;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;

/**
 * Dependencies shared by all features of a store.
 *
 * @param links creates further connections to the same store
 * @param link for reads and changes
 * @param identity recognises the data in Redis
 * @param turns orders the changes of all nodes
 * @param events encodes entries of the event stream, and names this run of the node
 * @param readers {@link #READ_THREADS} threads that decode large answers, which would block an event loop
 * @param clock wall clock
 */
public record StoreContext(
        Vertx vertx,
        Bus bus,
        Links links,
        Link link,
        DataIdentity identity,
        Commits commits,
        ChangeTurns turns,
        EventCodec events,
        WorkerExecutor readers,
        Clock clock,
        MeterRegistry registry) {

    /** Enough for many short reads, too few for long ones to occupy the machine. */
    public static final int READ_THREADS = 2;
}
