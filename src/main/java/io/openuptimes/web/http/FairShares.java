package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides a bounded amount, such as streams or bytes, among callers. Part of it is reserved for known callers. When the
 * rest is used up, the anonymous caller with the largest holding loses its oldest share to an anonymous caller that
 * holds less, or to any known caller. Once anonymous callers hold nothing, known callers share in the same way.
 *
 * <p>Thread-safe. Taking and releasing are O(log n) per affected share.
 */
public final class FairShares {

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "10");

    /**
     * @param things plural noun for the counted thing, used in refusals
     * @param max for all callers together
     * @param maxOfOne per caller; a caller's first share may exceed it
     * @param reserved the part of {@code max} that only known callers may take
     */
    public record Bounds(String things, long max, long maxOfOne, long reserved) {}

    /** Held by a caller until it is closed or evicted. */
    public final class Share {
        private final ShareHolder holder;
        private long amount;
        private boolean closed;
        private boolean evicted;
        private @Nullable Runnable onEvicted;

        private Share(ShareHolder holder, long amount) {
            this.holder = holder;
            this.amount = amount;
        }

        /**
         * @param told called once, on any thread, if another caller evicts this share; immediately if that has already
         *     happened
         */
        public void onEvicted(Runnable told) {
            boolean already;
            synchronized (FairShares.this) {
                already = evicted;
                onEvicted = told;
            }
            if (already) {
                told.run();
            }
        }

        /** Releases part of the share. */
        public void shrinkTo(long smaller) {
            synchronized (FairShares.this) {
                if (!closed && smaller < amount) {
                    holders.change(holder, smaller - amount);
                    amount = smaller;
                }
            }
        }

        /**
         * Splits off part of the share, to be released independently. Splitting an evicted share returns an evicted
         * one.
         */
        Share split(long part) {
            synchronized (FairShares.this) {
                Share other = new Share(holder, part);
                if (closed) {
                    other.closed = true;
                    other.evicted = true;
                } else {
                    amount -= part;
                    holder.shares().add(other);
                }
                return other;
            }
        }

        /**
         * Transfers the share to the holder of another share. No third caller is affected.
         *
         * @return null if either share is no longer held
         */
        @Nullable
        Share moveTo(Share other) {
            synchronized (FairShares.this) {
                if (closed || other.closed) {
                    return null;
                }
                Share moved = new Share(other.holder, amount);
                close();
                holders.add(moved);
                return moved;
            }
        }

        /**
         * Takes more for the same caller, as one share within the limits of {@link FairShares#take}.
         *
         * @return null if there is no room or this share is no longer held
         */
        @Nullable
        Share takeMore(long more) {
            List<Share> lost = new ArrayList<>(0);
            Share taken;
            synchronized (FairShares.this) {
                taken = closed ? null : FairShares.this.take(holder, amount, more, lost);
            }
            lost.forEach(Share::tellEvicted);
            return taken;
        }

        boolean isOfSameCaller(Share other) {
            return holder.caller().equals(other.holder.caller()) && holder.isKnown() == other.holder.isKnown();
        }

        /** Releases the share. Idempotent. */
        public void close() {
            synchronized (FairShares.this) {
                if (!closed) {
                    closed = true;
                    holders.remove(this);
                }
            }
        }

        private void tellEvicted() {
            Runnable told;
            synchronized (FairShares.this) {
                evicted = true;
                told = onEvicted;
            }
            if (told != null) {
                told.run();
            }
        }

        ShareHolder holder() {
            return holder;
        }

        long amount() {
            return amount;
        }
    }

    private final Bounds bounds;
    private final ShareHolders holders = new ShareHolders();

    public FairShares(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes a share.
     *
     * @param caller a key's name or an address
     * @param isKnown whether the caller has a key or a session
     * @throws ApiException 429 if the caller holds too much, 503 if there is no room and eviction cannot make any; then
     *     nothing is evicted
     */
    public Share take(String caller, boolean isKnown, long amount) {
        List<Share> lost = new ArrayList<>(0);
        Share taken;
        boolean holdsNothing;
        synchronized (this) {
            ShareHolder holder = holders.find(caller, isKnown);
            holdsNothing = holder == null;
            taken = take(holder == null ? holders.newcomer(caller, isKnown) : holder, 0, amount, lost);
        }
        lost.forEach(Share::tellEvicted);
        if (taken == null) {
            throw holdsNothing
                    ? new ApiException(503, "Too many " + bounds.things(), RETRY_AFTER)
                    : new ApiException(429, "Too many " + bounds.things() + " at once from this caller", RETRY_AFTER);
        }
        return taken;
    }

    /**
     * @param with part of the caller's holding that counts as one share with the new one
     * @param lost receives the evicted shares
     * @return null if there is no room
     */
    private @Nullable Share take(ShareHolder holder, long with, long amount, List<Share> lost) {
        long held = holder.held();
        if (held > with && held + amount > bounds.maxOfOne()) {
            return null;
        }
        if (!fits(holder.isKnown(), amount, 0, 0)) {
            Eviction eviction = holders.eviction(holder.isKnown());
            do {
                if (!eviction.pick(held + amount)) {
                    return null;
                }
            } while (!fits(holder.isKnown(), amount, eviction.freed(), eviction.freedOfAnonymous()));
            lost.addAll(eviction.shares());
            lost.forEach(Share::close);
        }
        Share share = new Share(holder, amount);
        holders.add(share);
        return share;
    }

    private boolean fits(boolean isKnown, long amount, long freed, long freedOfAnonymous) {
        long open = holders.open() - freed;
        long ofAnonymous = holders.ofAnonymous() - freedOfAnonymous;
        return (open == 0 || open + amount <= bounds.max())
                && (isKnown || ofAnonymous == 0 || ofAnonymous + amount <= bounds.max() - bounds.reserved());
    }

    /** The amount in use. */
    public synchronized long open() {
        return holders.open();
    }
}
