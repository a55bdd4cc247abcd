package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.model.CheckSpec;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.SpecType;
import io.openuptimes.model.SpecTypes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks services of all types: selects the prober by the service's spec. */
public final class Probers {

    private static final Logger log = LoggerFactory.getLogger(Probers.class);

    /** Maximum number of services without a prober that are logged. */
    private static final int MOST_LOGGED = 100;

    /** The prober of one type. */
    private record Entry<S extends CheckSpec>(Class<S> specClass, Prober<S> prober) {

        static <S extends CheckSpec> Entry<S> of(CheckType<S> type, Network network) {
            return new Entry<>(type.specClass(), type.prober(network));
        }

        boolean isOf(Service service) {
            return specClass.isInstance(service.spec());
        }

        Future<Observation> probe(Service service) {
            return prober.probe(service, specClass.cast(service.spec()));
        }
    }

    private final Network network;
    private final List<Entry<?>> entries = new ArrayList<>();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * The probers of these types. Slow on a cold JVM; not for an event loop.
     *
     * @param network closed with the probers
     * @throws IllegalArgumentException if a type is not a {@link CheckType}
     */
    public Probers(List<? extends SpecType<?>> types, Network network) {
        this.network = network;
        for (SpecType<?> type : types) {
            if (!(type instanceof CheckType<?> checked)) {
                throw new IllegalArgumentException("the check type " + type.name() + " has no prober");
            }
            entries.add(Entry.of(checked, network));
        }
    }

    /** The probers of this version's types. Slow on a cold JVM; not for an event loop. */
    public static Probers standard(Network network) {
        return new Probers(SpecTypes.ALL, network);
    }

    /** The network that all probers use. */
    public Network network() {
        return network;
    }

    /**
     * Checks now, on the caller's event loop; safe for concurrent use.
     *
     * @return always succeeds, at the latest after the service's timeout, or twice that if the check was repeated
     *     because the process was suspended. Failures are observations, including {@link Outcome#RESOURCE} if this
     *     machine could not make the check, and {@link Outcome#UNSUPPORTED} for a service of an unknown type, which a
     *     node with a newer version has stored
     */
    public Future<Observation> probe(Service service) {
        for (Entry<?> entry : entries) {
            if (entry.isOf(service)) {
                return entry.probe(service);
            }
        }
        if (logged.size() < MOST_LOGGED && logged.add(service.id())) {
            log.warn(
                    "{} is not checked here: this version does not know its type. Upgrade this node",
                    LoggedService.of(service));
        }
        return Future.succeededFuture(Observation.unmade(
                network.now(), Outcome.UNSUPPORTED, "this node does not support checks of this type"));
    }

    /** Aborts running checks, closes all connections and releases the network. */
    public Future<Void> close() {
        return network.close()
                .eventually(() -> Future.join(entries.stream()
                        .<Future<?>>map(entry -> entry.prober().close())
                        .toList()));
    }
}
