package io.openuptimes.check.egress;

import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.OwnFault;
import io.openuptimes.check.type.Observation;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.ReferenceTarget;
import io.openuptimes.model.NodeEgress;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed check is the fault of its service or of this node's own network. A failure counts if a
 * reference target answers, or, for a name lookup without any response, a name server, each asked after the failure.
 * Otherwise its outcome becomes {@link Outcome#EGRESS} or {@link Outcome#RESOLVER}.
 *
 * <p>One for all check loops; nothing is asked while no check fails. Looks run on an event loop of their own.
 */
public final class OwnNetwork {

    /** How long a look waits for an answer, milliseconds. */
    static final int LOOK_MS = 3_000;

    private final Context context;
    private final LongSupplier nanos;
    private final int targets;
    private final @Nullable SharedLook line;
    private final SharedLook names;
    private final Outage lineOutage;
    private final Outage namesOutage;
    private final BiConsumer<NodeEgress, @Nullable NodeOutage> changed;

    /**
     * @param probers whose network is used
     * @param targets without any, the line always counts as working
     * @param clock time of day
     * @param changed receives the state and the outage when one begins or ends, on any event loop
     */
    public OwnNetwork(
            Vertx vertx,
            Probers probers,
            List<ReferenceTarget> targets,
            Clock clock,
            BiConsumer<NodeEgress, @Nullable NodeOutage> changed) {
        this(vertx, probers.network(), targets, clock, System::nanoTime, changed);
    }

    OwnNetwork(
            Vertx vertx,
            Network network,
            List<ReferenceTarget> targets,
            Clock clock,
            LongSupplier nanos,
            BiConsumer<NodeEgress, @Nullable NodeOutage> changed) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.nanos = nanos;
        this.targets = targets.size();
        this.changed = changed;
        this.lineOutage = new Outage(vertx, clock, Outcome.EGRESS, this::lookAtLine, this::changed);
        this.namesOutage = new Outage(vertx, clock, Outcome.RESOLVER, this::lookAtNames, this::changed);
        this.line = targets.isEmpty()
                ? null
                : new SharedLook(vertx, nanos, new LineLook(network, targets, LOOK_MS)::begin, lineOutage::seen);
        this.names = new SharedLook(vertx, nanos, () -> network.askNameServers(LOOK_MS), namesOutage::seen);
    }

    /**
     * Completes with the observation, at once if it is not a failure that this node's own network may account for.
     *
     * @param probed an attempt on the caller's event loop, which also receives the result
     */
    public Future<Observation> proven(Future<Observation> probed) {
        return probed.compose(seen -> mayBeOurs(seen) ? decide(seen) : Future.succeededFuture(seen));
    }

    private boolean mayBeOurs(Observation seen) {
        return seen.ownFault() == OwnFault.RESOLVER || (seen.ownFault() == OwnFault.LINE && line != null);
    }

    private Future<Observation> decide(Observation seen) {
        long failedAt = nanos.getAsLong();
        Promise<Observation> decided = ContextInternal.current().promise();
        context.runOnContext(run -> fault(seen.ownFault(), failedAt).onSuccess(fault -> {
            fault.ifPresent(this::found);
            decided.complete(fault.map(seen::failing).orElse(seen));
        }));
        return decided.future();
    }

    /** The fault of this node that accounts for a failure; empty if its network has been proven to work. */
    private Future<Optional<Failure>> fault(OwnFault suspected, long failedAt) {
        Future<Optional<Failure>> namesFault =
                suspected == OwnFault.RESOLVER ? names.since(failedAt) : Future.succeededFuture(Optional.empty());
        if (line == null) {
            return namesFault;
        }
        Future<Optional<Failure>> lineFault = line.since(failedAt);
        return Future.join(namesFault, lineFault)
                .compose(both -> fault(lineFault.result(), namesFault.result(), failedAt));
    }

    /** A line without proof is the reason, unless it could not be looked at because no name server answers. */
    private Future<Optional<Failure>> fault(Optional<Failure> ofLine, Optional<Failure> ofNames, long failedAt) {
        boolean unresolved = ofLine.isPresent() && ofLine.get().ownFault() == OwnFault.RESOLVER;
        if (!unresolved) {
            return Future.succeededFuture(ofLine.isPresent() ? ofLine : ofNames);
        }
        return names.since(failedAt).map(asked -> asked.isPresent() ? asked : ofLine);
    }

    private void found(Failure fault) {
        if (fault.outcome() == Outcome.EGRESS) {
            lineOutage.found(fault);
        } else if (fault.outcome() == Outcome.RESOLVER) {
            namesOutage.found(fault);
        }
    }

    private void lookAtLine() {
        if (line != null) {
            line.lookUnlessBusy();
        }
    }

    private void lookAtNames() {
        names.lookUnlessBusy();
    }

    private void changed(NodeOutage outage) {
        changed.accept(state(), outage);
    }

    /** The state now; may be called on any thread. */
    public NodeEgress state() {
        return new NodeEgress(targets, outage());
    }

    private @Nullable NodeOutage outage() {
        long lineLost = lineOutage.since();
        if (lineLost > 0) {
            return new NodeOutage(Outcome.EGRESS, lineLost, null);
        }
        long namesLost = namesOutage.since();
        return namesLost > 0 ? new NodeOutage(Outcome.RESOLVER, namesLost, null) : null;
    }

    /** Number of looks so far, at targets and name servers; may be called on any thread. */
    public long looks() {
        return names.count() + (line == null ? 0 : line.count());
    }

    /** Ends the looks of the outages. */
    public void stop() {
        context.runOnContext(run -> {
            lineOutage.stop();
            namesOutage.stop();
        });
    }
}
