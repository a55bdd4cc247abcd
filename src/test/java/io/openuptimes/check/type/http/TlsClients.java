package io.openuptimes.check.type.http;

import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.check.net.tls.ContextFactory;
import io.openuptimes.check.net.tls.Resumption;
import io.openuptimes.check.net.tls.Trust;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.JudgedProber;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Probers that use either TLS engine. */
final class TlsClients {

    private TlsClients() {}

    /**
     * @param authority trusted besides the system's; null for none
     */
    static JudgedProber prober(Vertx vertx, @Nullable Path authority, boolean boringSsl)
            throws InvalidSettingsException {
        return new JudgedProber(vertx, client(authority, boringSsl), EgressPolicy.standard(), Clock.systemUTC());
    }

    static ClientTls client(@Nullable Path authority, boolean boringSsl) throws InvalidSettingsException {
        return client(authority, boringSsl, 0, Clock.systemUTC(), Resumption.MOST_SERVERS);
    }

    static ClientTls client(@Nullable Path authority, boolean boringSsl, int resumption, Clock clock, int servers)
            throws InvalidSettingsException {
        return new ClientTls(
                Trust.load(authority == null ? null : authority.toString()),
                boringSsl,
                Map.of(),
                new ContextFactory(resumption, servers),
                clock);
    }
}
