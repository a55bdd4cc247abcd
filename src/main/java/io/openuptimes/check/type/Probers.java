package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks services of all types: selects the prober by the scheme of the service's URL. */
public final class Probers implements Prober<Service> {

    private static final Logger log = LoggerFactory.getLogger(Probers.class);

    /** Maximum number of services without a prober that are logged. */
    private static final int MOST_LOGGED = 100;

    /** The prober of one scheme. */
    private record Entry<S>(String scheme, CheckType<S> type, Prober<S> prober) {

        /** Whether the service has the type's fields; in a later version, the scheme may belong to another type. */
        boolean isOf(Service service) {
            return type.spec().specClass().isInstance(service.spec());
        }

        Future<Observation> probe(Service service) {
            return prober.probe(type.read(service));
        }
    }

    private final Network network;
    private final List<Prober<?>> all = new ArrayList<>();
    private final List<Entry<?>> entries = new ArrayList<>();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private Probers(Network network) {
        this.network = network;
    }

    static Probers of(CheckTypes types, Network network) {
        Probers probers = new Probers(network);
        types.all().forEach(probers::add);
        return probers;
    }

    private <S> void add(CheckType<S> type) {
        Prober<S> prober = type.prober(network);
        all.add(prober);
        type.spec().schemes().forEach(scheme -> entries.add(new Entry<>(scheme, type, prober)));
    }

    /** The network that all probers use. */
    public Network network() {
        return network;
    }

    /**
     * @return {@link Outcome#UNSUPPORTED} for a service of an unknown type, which a node with a newer version has
     *     stored
     */
    @Override
    public Future<Observation> probe(Service service) {
        for (Entry<?> entry : entries) {
            if (CheckTypes.hasScheme(service.url(), entry.scheme()) && entry.isOf(service)) {
                return entry.probe(service);
            }
        }
        if (logged.size() < MOST_LOGGED && logged.add(service.id())) {
            log.warn(
                    "{} is not checked here: this version does not support the scheme of its URL. Upgrade this node",
                    LoggedService.of(service));
        }
        return Future.succeededFuture(Observation.unmade(
                network.now(), Outcome.UNSUPPORTED, "this node does not support checks of this type"));
    }

    /** Aborts running checks, closes all connections and releases the network. */
    @Override
    public Future<Void> close() {
        return network.close()
                .eventually(() ->
                        Future.join(all.stream().<Future<?>>map(Prober::close).toList()));
    }
}
