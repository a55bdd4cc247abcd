package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The certificate last presented to checks of a service.
 *
 * @param urlHash {@link Service#urlHash} of the service as checked; 0 if unknown, as in data of older versions
 * @param certificate null if the service answers without TLS or its URL has changed
 */
public record SeenCertificate(
        String serviceId, int urlHash, @Nullable ServerCertificate certificate) {

    /** With an unknown URL. */
    public SeenCertificate(String serviceId, @Nullable ServerCertificate certificate) {
        this(serviceId, 0, certificate);
    }

    /** Whether it belongs to the service's current URL; true if its URL is unknown. */
    public boolean isOf(Service service) {
        return urlHash == 0 || urlHash == service.urlHash();
    }

    /**
     * @param now epoch milliseconds
     */
    public @Nullable DatedCertificate at(long now) {
        return certificate == null ? null : DatedCertificate.of(certificate, now);
    }
}
