package io.openuptimes.model;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A certificate on a day, UTC: what is said of it changes at midnight only.
 *
 * @param day since the epoch
 */
public record DatedCertificate(ServerCertificate certificate, long day) {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long WARN_MS = 14 * DAY_MS;
    /** Of short-lived certificates, which are renewed late: the part of the validity that is left. */
    private static final int WARN_PART = 5;

    public static DatedCertificate of(ServerCertificate certificate, long now) {
        return new DatedCertificate(certificate, day(now));
    }

    /** The same at that time, epoch milliseconds; this one while the day has not changed. */
    public DatedCertificate at(long now) {
        return day(now) == day ? this : of(certificate, now);
    }

    /** When the next day begins, epoch milliseconds. */
    public long until() {
        return (day + 1) * DAY_MS;
    }

    /** From today to the day on which the leaf expires; negative when that is over. */
    public long daysLeft() {
        return day(certificate.validTo()) - day;
    }

    /**
     * Whether the leaf or its chain has less than 14 days left at the beginning of the day, or less than a fifth of the
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
