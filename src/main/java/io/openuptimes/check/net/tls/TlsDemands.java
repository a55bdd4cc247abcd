package io.openuptimes.check.net.tls;

import io.openuptimes.model.Target;
import io.openuptimes.model.TlsSpec;
import io.openuptimes.model.TlsVersion;
import org.jspecify.annotations.Nullable;

/**
 * A check's TLS requirements for one server.
 *
 * @param ignoreErrors accept every certificate
 * @param clientCertificate name of the configured certificate to present if the server asks; null for none
 * @param minVersion the oldest version; null for TLS 1.2
 * @param jdkEngine use the JDK's engine; false allows either engine
 * @param alpn application protocols to offer
 */
public record TlsDemands(
        boolean ignoreErrors,
        @Nullable String clientCertificate,
        @Nullable TlsVersion minVersion,
        boolean jdkEngine,
        Alpn alpn) {

    /**
     * Presents the client certificate only to the origin of the service's URL, never to redirect targets.
     *
     * @param own the service's URL
     * @param target of the handshake
     * @param alpn application protocols to offer
     */
    public static TlsDemands of(TlsSpec spec, Target own, Target target, Alpn alpn) {
        String certificate = spec.clientCertificate();
        boolean shown = certificate != null && own.hasOriginOf(target);
        return new TlsDemands(spec.ignoreTlsErrors(), shown ? certificate : null, spec.minTlsVersion(), false, alpn);
    }

    TlsDemands withJdkEngine() {
        return new TlsDemands(ignoreErrors, clientCertificate, minVersion, true, alpn);
    }
}
