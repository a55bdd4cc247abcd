package io.openuptimes.check.type.http;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.Step;
import io.openuptimes.check.type.Observation;
import io.openuptimes.check.type.Prober;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Future;
import java.io.IOException;

/**
 * Sends each request through the Vert.x {@code WebClient} on a new connection, and follows redirects if the service
 * asks for it.
 */
final class HttpProber implements Prober<HttpSpec> {

    private final Network network;
    private final HttpClients clients;

    /** Slow on a cold JVM; not for an event loop. */
    HttpProber(Network network) {
        this.network = network;
        this.clients = HttpClients.of(network.vertx());
        // loads the classes that report a shortage of files, because they cannot be loaded during one
        IOException noFiles = new IOException("Too many open files");
        FailureClassifier.of(Step.CONNECT, noFiles, null, false);
        StreamReset.of(noFiles);
    }

    @Override
    public Future<Observation> probe(Service service, HttpSpec spec) {
        Target target;
        try {
            target = Target.of(service.url());
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(
                    Observation.unmade(network.now(), Outcome.PROTOCOL, "the URL " + e.getMessage()));
        }
        return network.run(new HttpAttempt(clients, service, spec, target));
    }

    @Override
    public Future<Void> close() {
        return clients.close();
    }
}
