package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The certificate that checks of a service have seen last.
 *
 * @param urlHash {@link Service#urlHash} of the service as it was checked; 0 if that is not known, as in what older
 *     versions have stored
 * @param certificate null where the service answers without TLS, or is checked at another URL now
 */
public record SeenCertificate(
        String serviceId, int urlHash, @Nullable ServerCertificate certificate) {

    /** Where it is not known at which URL. */
    public SeenCertificate(String serviceId, @Nullable ServerCertificate certificate) {
        this(serviceId, 0, certificate);
    }

    /** Whether it was seen at the URL that the service has; true if it is not known where. */
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
