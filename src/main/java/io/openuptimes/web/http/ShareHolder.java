package io.openuptimes.web.http;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** A caller that holds shares. Guarded by its {@link FairShares}. */
final class ShareHolder {

    /** Of equal holdings, the oldest sorts last. */
    static final Comparator<ShareHolder> BY_SIZE = Comparator.comparingLong(ShareHolder::held)
            .thenComparing(Comparator.comparingLong(ShareHolder::number).reversed());

    private final String caller;
    private final boolean known;
    private final long number;
    private final Set<FairShares.Share> shares = new LinkedHashSet<>(); // oldest first
    private long held;

    /**
     * @param known whether the caller has a key or a session
     * @param number sequence number, in order of arrival
     */
    ShareHolder(String caller, boolean known, long number) {
        this.caller = caller;
        this.known = known;
        this.number = number;
    }

    String caller() {
        return caller;
    }

    boolean isKnown() {
        return known;
    }

    long number() {
        return number;
    }

    /** Its shares, oldest first. */
    Set<FairShares.Share> shares() {
        return shares;
    }

    long held() {
        return held;
    }

    void change(long by) {
        held += by;
    }
}
