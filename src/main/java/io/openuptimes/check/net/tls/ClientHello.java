package io.openuptimes.check.net.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import io.openuptimes.model.Target;
import io.openuptimes.model.TlsVersion;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * Sets the ClientHello's server name and minimum version.
 *
 * <p>Server names are sent unchanged, including single-label names and those with an underscore, which the engines
 * would omit by default.
 */
final class ClientHello {

    private static final String[] ONLY_1_3 = {"TLSv1.3"};

    /** {@code SNIHostName} refuses underscores. */
    private static final class Name extends SNIServerName {
        Name(String host) {
            super(StandardConstants.SNI_HOST_NAME, host.getBytes(US_ASCII));
        }
    }

    private ClientHello() {}

    static void prepare(SSLEngine engine, Handshake handshake) {
        String name = serverName(handshake.target());
        boolean only13 = handshake.demands().minVersion() == TlsVersion.V1_3;
        if (engine instanceof ReferenceCountedOpenSslEngine boringSsl) { // its parameters are expensive
            if (name != null) {
                SSL.setTlsExtHostName(boringSsl.sslPointer(), name);
            }
            if (only13) {
                engine.setEnabledProtocols(ONLY_1_3);
            }
            return;
        }
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(name == null ? List.of() : List.of(new Name(name)));
        if (only13) {
            parameters.setProtocols(ONLY_1_3);
        }
        Handshakes.mark(parameters, handshake);
        engine.setSSLParameters(parameters);
    }

    /** Returns null for an IP address, which must not be sent as a server name (RFC 6066, section 3). */
    private static @Nullable String serverName(Target target) {
        return target.isAddress() ? null : HostNames.withoutTrailingDot(target.host());
    }
}
