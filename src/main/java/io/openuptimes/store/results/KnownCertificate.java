package io.openuptimes.store.results;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import java.util.concurrent.TimeUnit;

/**
 * A service's stored certificate, and when a check last saw it.
 *
 * <p>A service may present several: while a renewal spreads, behind a CDN with two types of keys, or at different
 * locations. The one that expires first is kept as long as checks see it now and then, so that alternating certificates
 * cause no writes.
 */
final class KnownCertificate {

    /** How long a certificate is kept after checks stop seeing it and see one that expires later. */
    static final long KEPT_MS = TimeUnit.MINUTES.toMillis(10);

    /** The same for checks at a location that has never seen it: another location may see it with every check. */
    static final long KEPT_ELSEWHERE_MS = TimeUnit.DAYS.toMillis(1);

    private final SeenCertificate seen;
    private final ServerCertificate certificate;
    private long seenAt;
    private boolean elsewhere;

    /**
     * @param seenAt epoch milliseconds
     * @param elsewhere whether no check of this node has seen it
     */
    KnownCertificate(SeenCertificate seen, ServerCertificate certificate, long seenAt, boolean elsewhere) {
        this.seen = seen;
        this.certificate = certificate;
        this.seenAt = seenAt;
        this.elsewhere = elsewhere;
    }

    boolean isOf(int urlHash) {
        return seen.urlHash() == urlHash;
    }

    /**
     * Compares with a certificate that a check has seen at the same URL.
     *
     * @param located whether the check was made for one of several locations
     * @param now time of the check, epoch milliseconds
     * @return whether the other certificate replaces this one
     */
    boolean givesWay(ServerCertificate other, boolean located, long now) {
        if (other.equals(certificate)) {
            seenAt = Math.max(seenAt, now);
            elsewhere = false;
            return false;
        }
        return isRatherShown(other, now) || now - seenAt >= (located && elsewhere ? KEPT_ELSEWHERE_MS : KEPT_MS);
    }

    /** The first valid one to expire, else the last to have expired. A total order, so that two never alternate. */
    private boolean isRatherShown(ServerCertificate other, long now) {
        boolean expired = certificate.expiresAt() <= now;
        if (expired != other.expiresAt() <= now) {
            return expired;
        }
        return expired ? other.expiresAt() > certificate.expiresAt() : other.expiresAt() < certificate.expiresAt();
    }
}
