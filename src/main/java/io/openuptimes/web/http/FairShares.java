package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Divides a bounded amount, such as streams or bytes, among callers. Part of it is reserved for known callers. When the
 * rest is used up, the caller with the largest holding loses its oldest share to a caller that holds less.
 *
 * <p>Thread-safe. Taking and giving back take O(log n) time.
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

    private static final class Holder {
        private final String caller;
        private final boolean known;
        private final long number;
        private final LinkedHashSet<Share> shares = new LinkedHashSet<>(); // oldest first
        private long held;

        Holder(String caller, boolean known, long number) {
            this.caller = caller;
            this.known = known;
            this.number = number;
        }

        long held() {
            return held;
        }

        long number() {
            return number;
        }
    }

    /** What a caller holds until it closes it or loses it. */
    public final class Share {
        private final Holder holder;
        private long amount;
        private boolean closed;
        private boolean evicted;
        private @Nullable Runnable onEvicted;

        private Share(Holder holder, long amount) {
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
                    change(holder, smaller - amount);
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
                    holder.shares.add(other);
                }
                return other;
            }
        }

        /** Gives it back; further calls do nothing. */
        public void close() {
            synchronized (FairShares.this) {
                if (!closed) {
                    closed = true;
                    holder.shares.remove(this);
                    change(holder, -amount);
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
    }

    /** Of equal holdings the oldest comes last. */
    private static final Comparator<Holder> BY_SIZE = Comparator.comparingLong(Holder::held)
            .thenComparing(Comparator.comparingLong(Holder::number).reversed());

    private final Bounds bounds;
    private final Map<String, Holder> anonymous = new HashMap<>();
    private final Map<String, Holder> known = new HashMap<>();
    private final TreeSet<Holder> anonymousBySize = new TreeSet<>(BY_SIZE);
    private final TreeSet<Holder> knownBySize = new TreeSet<>(BY_SIZE);
    private long numbers;
    private long ofAnonymous;
    private long open;

    public FairShares(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes a share.
     *
     * @param caller a key's name or an address
     * @param isKnown whether the caller has a key or a session
     * @throws ApiException 429 if the caller holds too much, 503 if there is no room and nobody who holds more
     */
    public Share take(String caller, boolean isKnown, long amount) {
        List<Share> evicted = new ArrayList<>(0);
        try {
            return take(caller, isKnown, amount, evicted);
        } finally {
            evicted.forEach(Share::tellEvicted);
        }
    }

    private synchronized Share take(String caller, boolean isKnown, long amount, List<Share> evicted) {
        Map<String, Holder> holders = isKnown ? known : anonymous;
        Holder holder = holders.get(caller);
        long held = holder == null ? 0 : holder.held;
        if (held > 0 && held + amount > bounds.maxOfOne()) {
            throw tooManyOfOne();
        }
        while (!fits(isKnown, amount)) {
            Holder largest = largest(isKnown);
            if (largest == null || held + amount > largest.held) {
                throw held > 0 ? tooManyOfOne() : new ApiException(503, "Too many " + bounds.things(), RETRY_AFTER);
            }
            Share oldest = largest.shares.iterator().next();
            oldest.close();
            evicted.add(oldest);
        }
        if (holder == null) {
            holder = new Holder(caller, isKnown, numbers++);
            holders.put(caller, holder);
        }
        Share share = new Share(holder, amount);
        holder.shares.add(share);
        change(holder, amount);
        return share;
    }

    private ApiException tooManyOfOne() {
        return new ApiException(429, "Too many " + bounds.things() + " at the same time from this caller", RETRY_AFTER);
    }

    private boolean fits(boolean isKnown, long amount) {
        return (open == 0 || open + amount <= bounds.max())
                && (isKnown || ofAnonymous == 0 || ofAnonymous + amount <= bounds.max() - bounds.reserved());
    }

    /** The caller with the largest holding; known callers never lose a share to an anonymous one. */
    private @Nullable Holder largest(boolean toKnown) {
        Holder largest = anonymousBySize.isEmpty() ? null : anonymousBySize.last();
        if (toKnown && !knownBySize.isEmpty() && (largest == null || knownBySize.last().held > largest.held)) {
            return knownBySize.last();
        }
        return largest;
    }

    private void change(Holder holder, long by) {
        TreeSet<Holder> ranking = holder.known ? knownBySize : anonymousBySize;
        ranking.remove(holder);
        holder.held += by;
        open += by;
        ofAnonymous += holder.known ? 0 : by;
        if (holder.shares.isEmpty()) {
            (holder.known ? known : anonymous).remove(holder.caller, holder);
        } else {
            ranking.add(holder);
        }
    }

    /** The amount that is taken. */
    public synchronized long open() {
        return open;
    }
}
