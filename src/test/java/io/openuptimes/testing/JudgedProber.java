package io.openuptimes.testing;

import io.openuptimes.check.Judgement;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** The probers of the standard types on their own network, with the judgement of their observations. */
public final class JudgedProber {

    private final Network network;
    private final Probers probers;

    public JudgedProber(Network network) {
        this.network = network;
        this.probers = Probers.standard(network);
    }

    public JudgedProber(Vertx vertx, Settings.Checks settings, EgressPolicy egress, Clock clock)
            throws InvalidSettingsException {
        this(new Network(vertx, settings, egress, clock));
    }

    public JudgedProber(Vertx vertx, Settings.Checks settings, EgressPolicy egress, Clock clock, NameFiles files)
            throws InvalidSettingsException {
        this(new Network(vertx, settings, egress, clock, files));
    }

    public JudgedProber(Vertx vertx, ClientTls tls, EgressPolicy egress, Clock clock) {
        this(new Network(vertx, tls, egress, clock));
    }

    /** Checks now, on the caller's event loop. */
    public Future<CheckResult> probe(Service service) {
        return probers.probe(service).map(seen -> Judgement.of(service, seen, 0));
    }

    public long repeated() {
        return network.repeated();
    }

    public long fullHandshakes() {
        return network.tls().handshakes().full();
    }

    public long resumedHandshakes() {
        return network.tls().handshakes().resumed();
    }

    public long secondHandshakes() {
        return network.tls().secondTries();
    }

    public Future<Void> close() {
        return probers.close();
    }
}
