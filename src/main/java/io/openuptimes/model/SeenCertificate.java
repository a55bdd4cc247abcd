package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The certificate that checks of a service have seen last.
 *
 * @param certificate null where the service answers without TLS, or is checked at another URL now
 */
public record SeenCertificate(String serviceId, @Nullable ServerCertificate certificate) {

    /**
     * @param now epoch milliseconds
     */
    public @Nullable DatedCertificate at(long now) {
        return certificate == null ? null : DatedCertificate.of(certificate, now);
    }
}
