package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Picks the shares that make room for another: one after the other the oldest of the caller that would then hold most. A
 * known caller takes from anonymous ones before it takes from known ones. Changes nothing, so that a plan that does not
 * suffice costs nobody anything. Guarded by its {@link FairShares}.
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

    /** Anonymous callers, then known ones; of each the largest first, of equal ones the one that came first. */
    private static final Comparator<Candidate> FIRST_TO_LOSE = Comparator.comparing(
                    (Candidate candidate) -> candidate.holder.isKnown())
            .thenComparingLong(candidate -> -candidate.left)
            .thenComparingLong(candidate -> candidate.holder.number());

    private final boolean forKnown;
    private final Iterator<ShareHolder> anonymous;
    private final Iterator<ShareHolder> known;
    /** The largest of each ranking that is not yet taken from, and all that are. */
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(FIRST_TO_LOSE);

    private final List<FairShares.Share> shares = new ArrayList<>();
    private long freed;
    private long freedOfAnonymous;

    /**
     * @param forKnown whether a known caller needs the room
     * @param anonymous ranked by {@link ShareHolder#BY_SIZE}
     * @param known in the same order; an anonymous caller takes nothing from these
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
     * Picks one more.
     *
     * @param least what a caller has to hold to lose something to one of its kind
     * @return false if nobody is left who may lose something
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
