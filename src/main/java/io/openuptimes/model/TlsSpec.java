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
}
