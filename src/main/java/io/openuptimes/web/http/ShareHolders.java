package io.openuptimes.web.http;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All callers with shares, by name and by holding. Guarded by its {@link FairShares}. */
final class ShareHolders {

    private final Map<String, ShareHolder> anonymous = new HashMap<>();
    private final Map<String, ShareHolder> known = new HashMap<>();
    private final TreeSet<ShareHolder> anonymousBySize = new TreeSet<>(ShareHolder.BY_SIZE);
    private final TreeSet<ShareHolder> knownBySize = new TreeSet<>(ShareHolder.BY_SIZE);
    private long numbers;
    private long ofAnonymous;
    private long open;

    @Nullable
    ShareHolder find(String caller, boolean isKnown) {
        return (isKnown ? known : anonymous).get(caller);
    }

    /** A caller without shares; it is not indexed until it gets one. */
    ShareHolder newcomer(String caller, boolean isKnown) {
        return new ShareHolder(caller, isKnown, numbers++);
    }

    void add(FairShares.Share share) {
        ShareHolder holder = share.holder();
        (holder.isKnown() ? known : anonymous).put(holder.caller(), holder);
        holder.shares().add(share);
        change(holder, share.amount());
    }

    void remove(FairShares.Share share) {
        share.holder().shares().remove(share);
        change(share.holder(), -share.amount());
    }

    /** Call this after adding or removing shares too: a caller without any is forgotten. */
    void change(ShareHolder holder, long by) {
        TreeSet<ShareHolder> ranking = holder.isKnown() ? knownBySize : anonymousBySize;
        ranking.remove(holder);
        holder.change(by);
        open += by;
        ofAnonymous += holder.isKnown() ? 0 : by;
        if (holder.shares().isEmpty()) {
            (holder.isKnown() ? known : anonymous).remove(holder.caller(), holder);
        } else {
            ranking.add(holder);
        }
    }

    /**
     * Starts an eviction plan, empty at first.
     *
     * @param forKnown whether a known caller needs the room
     */
    Eviction eviction(boolean forKnown) {
        return new Eviction(forKnown, anonymousBySize, knownBySize);
    }

    /** The total of all holdings. */
    long open() {
        return open;
    }

    long ofAnonymous() {
        return ofAnonymous;
    }
}
