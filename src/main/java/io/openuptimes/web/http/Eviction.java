package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Picks the shares that make room for another: one after the other the oldest of the caller that would then hold most.
 * Changes nothing, so that a plan that does not suffice costs nobody anything. Guarded by its {@link FairShares}.
 */
final class Eviction {

    /** A caller, and what the plan leaves it. */
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

    /** The largest first; of equal ones an anonymous caller, then the one that came first. */
    private static final Comparator<Candidate> LARGEST_FIRST = Comparator.comparingLong(
                    (Candidate candidate) -> -candidate.left)
            .thenComparing(candidate -> candidate.holder.isKnown())
            .thenComparingLong(candidate -> candidate.holder.number());

    private final Iterator<ShareHolder> anonymous;
    private final Iterator<ShareHolder> known;
    /** The largest of each ranking that is not yet taken from, and all that are. */
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(LARGEST_FIRST);

    private final List<FairShares.Share> shares = new ArrayList<>();
    private long freed;
    private long freedOfAnonymous;

    /**
     * @param anonymous ranked by {@link ShareHolder#BY_SIZE}
     * @param known the known callers that may lose shares, in the same order
     */
    Eviction(NavigableSet<ShareHolder> anonymous, NavigableSet<ShareHolder> known) {
        this.anonymous = anonymous.descendingIterator();
        this.known = known.descendingIterator();
        addNext(this.anonymous);
        addNext(this.known);
    }

    private void addNext(Iterator<ShareHolder> ranking) {
        if (ranking.hasNext()) {
            candidates.add(new Candidate(ranking.next()));
        }
    }

    /**
     * Picks one more.
     *
     * @param least what its caller has to hold
     * @return false if nobody holds so much
     */
    boolean pick(long least) {
        @Nullable Candidate largest = candidates.peek();
        if (largest == null || largest.left < least) {
            return false;
        }
        candidates.remove();
        if (largest.left == largest.holder.held()) {
            addNext(largest.holder.isKnown() ? known : anonymous);
        }
        FairShares.Share oldest = largest.shares.next();
        shares.add(oldest);
        largest.left -= oldest.amount();
        freed += oldest.amount();
        freedOfAnonymous += largest.holder.isKnown() ? 0 : oldest.amount();
        if (largest.shares.hasNext()) {
            candidates.add(largest);
        }
        return true;
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
