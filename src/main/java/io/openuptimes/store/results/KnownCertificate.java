package io.openuptimes.store.results;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import java.util.concurrent.TimeUnit;

/**
 * A service's certificate that is stored, and when a check saw it last.
 *
 * <p>Several may stand behind one service: while a renewal spreads, behind a CDN with keys of two kinds, at different
 * locations. The one that expires first is kept as long as it is seen now and then, so that checks that meet them in turn
 * write nothing.
 */
final class KnownCertificate {

    /** How long a certificate is kept that checks do not see any more, where they see one that lasts longer. */
    static final long KEPT_MS = TimeUnit.MINUTES.toMillis(10);

    /** The same for checks at a location where it was never seen: another location may see it with every check. */
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
     * A check has seen a certificate at the same URL.
     *
     * @param located whether it tells of one of several locations
     * @param now when it did, epoch milliseconds
     * @return whether the other is to be stored in place of this one
     */
    boolean givesWay(ServerCertificate other, boolean located, long now) {
        if (other.equals(certificate)) {
            seenAt = Math.max(seenAt, now);
            elsewhere = false;
            return false;
        }
        return isRatherShown(other, now) || now - seenAt >= (located && elsewhere ? KEPT_ELSEWHERE_MS : KEPT_MS);
    }

    /** The first to expire, of those that have not; else the last that did. One order, so that two never take turns. */
    private boolean isRatherShown(ServerCertificate other, long now) {
        boolean expired = certificate.expiresAt() <= now;
        if (expired != other.expiresAt() <= now) {
            return expired;
        }
        return expired ? other.expiresAt() > certificate.expiresAt() : other.expiresAt() < certificate.expiresAt();
    }
}
