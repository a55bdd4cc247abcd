package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/** The TLS settings of a check, independent of its protocol. */
public interface TlsSpec extends CheckSpec {

    /** Whether untrusted certificates are accepted. */
    boolean ignoreTlsErrors();

    /** Minimum version; null for TLS 1.2. */
    @Nullable
    TlsVersion minTlsVersion();

    /** Name of the configured client certificate to present; null for none. */
    @Nullable
    String clientCertificate();

    /**
     * The TLS settings of a service.
     *
     * @throws IllegalArgumentException if its type has none
     */
    static TlsSpec of(Service service) {
        if (service.spec() instanceof TlsSpec spec) {
            return spec;
        }
        throw new IllegalArgumentException(service.type() + " has no TLS settings");
    }
}
