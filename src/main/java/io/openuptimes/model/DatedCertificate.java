package io.openuptimes.model;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as of a day, UTC; its warnings change only at midnight.
 *
 * @param day days since the epoch
 */
public record DatedCertificate(ServerCertificate certificate, long day) {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long WARN_MS = 14 * DAY_MS;
    /** Short-lived certificates, which are renewed late, warn when this fraction of their validity is left. */
    private static final int WARN_PART = 5;

    public static DatedCertificate of(ServerCertificate certificate, long now) {
        return new DatedCertificate(certificate, day(now));
    }

    /** The certificate as of another time, epoch milliseconds; this object if it is the same day. */
    public DatedCertificate at(long now) {
        return day(now) == day ? this : of(certificate, now);
    }

    /** Start of the next day, epoch milliseconds. */
    public long until() {
        return (day + 1) * DAY_MS;
    }

    /** Days until the leaf expires; negative once it has expired. */
    public long daysLeft() {
        return day(certificate.validTo()) - day;
    }

    /**
     * Whether at the beginning of the day less than 14 days of the leaf or its chain are left, or less than a fifth of the
     * leaf's validity if that is shorter.
     */
    public boolean isEnding() {
        long validity = certificate.validTo() - certificate.validFrom();
        return certificate.expiresAt() - day * DAY_MS < Math.min(WARN_MS, validity / WARN_PART);
    }

    /** Null unless it {@link #isEnding}. */
    public @Nullable Warning warning() {
        if (!isEnding()) {
            return null;
        }
        long days = day(certificate.expiresAt()) - day;
        return certificate.validTo() <= certificate.chainValidTo()
                ? Warning.ofExpiry("certificate-expires", "Certificate", days)
                : Warning.ofExpiry("chain-expires", "A certificate in the chain", days);
    }

    private static long day(long millis) {
        return Math.floorDiv(millis, DAY_MS);
    }
}
