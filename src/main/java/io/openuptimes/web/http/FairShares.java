package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides a bounded amount, such as streams or bytes, among callers. Part of it is reserved for known callers. When the
 * rest is used up, the anonymous caller with the largest holding loses its oldest share to an anonymous caller that holds
 * less, and to any known one. Once no anonymous caller holds anything, known ones share in the same way.
 *
 * <p>Thread-safe. Taking and giving back take O(log n) time for each share that changes.
 */
public final class FairShares {

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "10");

    /**
     * @param things what is counted, in the plural, as a refusal names it
     * @param max for all callers together
     * @param maxOfOne for one caller; its first share may exceed this
     * @param reserved the part of {@code max} that only known callers may take
     */
    public record Bounds(String things, long max, long maxOfOne, long reserved) {}

    /** What a caller holds until it closes it or loses it. */
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
         * @param told once if another caller takes this share, from any thread; at once if that has happened already
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

        /** Gives part of it back. */
        public void shrinkTo(long smaller) {
            synchronized (FairShares.this) {
                if (!closed && smaller < amount) {
                    holders.change(holder, smaller - amount);
                    amount = smaller;
                }
            }
        }

        /**
         * Moves part of it to a share of its own, for what is held longer or shorter than the rest. One that has been
         * evicted makes an evicted one.
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
         * Hands it over to the caller that holds another share; nobody's room changes but theirs.
         *
         * @return null if this one or the other is not held any more
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
         * Takes more for the same caller, within the bounds of {@link FairShares#take} for both as one.
         *
         * @return null if there is no room for it, or this one is not held any more
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

        /** Gives it back; further calls do nothing. */
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
     * @throws ApiException 429 if the caller holds too much, 503 if there is no room and nobody who may lose some; then
     *     nobody loses anything
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
     * @param with the part of what the holder has that counts as one with the new share
     * @param lost gets the shares that are evicted
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

    /** The amount that is taken. */
    public synchronized long open() {
        return holders.open();
    }
}
