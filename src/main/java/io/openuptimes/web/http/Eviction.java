package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Picks shares to evict: each time the oldest share of the caller that would then hold the most. A known caller evicts
 * anonymous callers before known ones. This only plans, so nobody loses a share to a plan that frees too little.
 * Guarded by its {@link FairShares}.
 */
final class Eviction {

    /** A caller and the amount that the plan leaves it. */
    private static final class Candidate {
        private final ShareHolder holder;
        private final Iterator<FairShares.Share> shares;
        private long left;

        Candidate(ShareHolder holder) {
            this.holder = holder;
            this.shares = holder.shares().iterator();
            this.left = holder.held();
        }
    }

    /** Anonymous before known; within each, largest holding first, and the earliest caller first among equals. */
    private static final Comparator<Candidate> FIRST_TO_LOSE = Comparator.comparing(
                    (Candidate candidate) -> candidate.holder.isKnown())
            .thenComparingLong(candidate -> -candidate.left)
            .thenComparingLong(candidate -> candidate.holder.number());

    private final boolean forKnown;
    private final Iterator<ShareHolder> anonymous;
    private final Iterator<ShareHolder> known;
    /** The largest holder of each ranking that has lost nothing yet, and every holder that has. */
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(FIRST_TO_LOSE);

    private final List<FairShares.Share> shares = new ArrayList<>();
    private long freed;
    private long freedOfAnonymous;

    /**
     * @param forKnown whether a known caller needs the room
     * @param anonymous ranked by {@link ShareHolder#BY_SIZE}
     * @param known in the same order; an anonymous caller never evicts these
     */
    Eviction(boolean forKnown, NavigableSet<ShareHolder> anonymous, NavigableSet<ShareHolder> known) {
        this.forKnown = forKnown;
        this.anonymous = anonymous.descendingIterator();
        this.known = known.descendingIterator();
        addNext(this.anonymous);
        if (forKnown) {
            addNext(this.known);
        }
    }

    private void addNext(Iterator<ShareHolder> ranking) {
        if (ranking.hasNext()) {
            candidates.add(new Candidate(ranking.next()));
        }
    }

    /**
     * Picks one more share.
     *
     * @param least minimum holding at which a caller may lose a share to one of its own kind
     * @return false if no further share may be evicted
     */
    boolean pick(long least) {
        @Nullable Candidate first = candidates.peek();
        if (first == null || (isOfItsKind(first) && first.left < least)) {
            return false;
        }
        candidates.remove();
        if (first.left == first.holder.held()) {
            addNext(first.holder.isKnown() ? known : anonymous);
        }
        FairShares.Share oldest = first.shares.next();
        shares.add(oldest);
        first.left -= oldest.amount();
        freed += oldest.amount();
        freedOfAnonymous += first.holder.isKnown() ? 0 : oldest.amount();
        if (first.shares.hasNext()) {
            candidates.add(first);
        }
        return true;
    }

    private boolean isOfItsKind(Candidate candidate) {
        return candidate.holder.isKnown() == forKnown;
    }

    List<FairShares.Share> shares() {
        return shares;
    }

    long freed() {
        return freed;
    }

    long freedOfAnonymous() {
        return freedOfAnonymous;
    }
}
