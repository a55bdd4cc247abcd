package io.openuptimes.store.nodes;

import io.openuptimes.model.Partition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The leases that this node believes it holds between two answers of {@code share.lua}. Uses neither a clock nor Redis.
 * Confined to one event loop, except for {@link #held()}.
 *
 * <p>Leases are identified by their index, see {@link Partition#LEASES}. A new lease is first made ready: its fence is
 * set and the checks are informed. To give it up, the checks release it, their results are written, and the next sync
 * returns it.
 */
final class Leases {

    /** A lease and the epoch in which this node acquired it. */
    record Held(int lease, long epoch) {}

    /**
     * What a sync reports to Redis.
     *
     * @param held leases that the node intends to keep for now
     * @param given leases that it returns
     * @param heardOf the highest epoch of another node that it knows
     */
    record Told(List<Held> held, List<Integer> given, long heardOf) {
        Told {
            held = List.copyOf(held);
            given = List.copyOf(given);
        }
    }

    /**
     * The changes made by an answer.
     *
     * @param gained newly held; must be made ready
     * @param lost now held by other nodes
     */
    record Change(List<Integer> gained, List<Integer> lost) {}

    private static final class Lease {
        /** 0 while it is not held. */
        long epoch;
        /** The last epoch that was not 0. */
        long lastEpoch;

        boolean beingReadied;
        boolean ready;
        /** Number of the release in progress, 0 for none. */
        long givingUp;

        boolean given;

        void end() {
            epoch = 0;
            beingReadied = false;
            ready = false;
            keep();
        }

        void keep() {
            givingUp = 0;
            given = false;
        }
    }

    private final Lease[] leases = new Lease[Partition.LEASES];
    private long heardOf;
    private long givenUp;
    private volatile int held;

    Leases() {
        for (int index = 0; index < leases.length; index++) {
            leases[index] = new Lease();
        }
    }

    /** Number of partitions of services that are checked from anywhere. Thread-safe. */
    int held() {
        return held;
    }

    /** The epoch in which a lease was last acquired; results are written under it. 0 if it was never held. */
    long epoch(int lease) {
        return leases[lease].lastEpoch;
    }

    boolean holds(Held one) {
        return leases[one.lease()].epoch == one.epoch();
    }

    Told tell() {
        List<Held> kept = new ArrayList<>();
        BitSet given = new BitSet();
        for (int index = 0; index < leases.length; index++) {
            Lease lease = leases[index];
            if (lease.given) {
                given.set(index);
            } else if (lease.epoch > 0) {
                kept.add(new Held(index, lease.epoch));
            }
        }
        return new Told(kept, given.stream().boxed().toList(), heardOf);
    }

    /**
     * Applies an answer.
     *
     * @param told the report that it answers; leases returned since then are reported by the next sync
     * @param holds everything that the node holds according to the answer
     */
    Change answered(Told told, List<Held> holds) {
        told.given().forEach(index -> {
            if (leases[index].given) {
                leases[index].end();
            }
        });
        long[] epochs = new long[leases.length];
        holds.forEach(one -> epochs[one.lease()] = one.epoch());
        List<Integer> gained = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        for (int index = 0; index < leases.length; index++) {
            Lease lease = leases[index];
            if (lease.epoch == epochs[index]) {
                continue;
            }
            if (lease.epoch > 0) {
                lost.add(index);
                lease.end();
            }
            if (epochs[index] > 0) {
                gained.add(index);
                lease.epoch = epochs[index];
                lease.lastEpoch = lease.epoch;
            }
        }
        held = (int) holds.stream()
                .filter(one -> !Partition.isAtLocation(one.lease()))
                .count();
        return new Change(gained, lost);
    }

    /** Up to {@code limit} leases that are not ready; marks them as being made ready. */
    List<Held> toReady(int limit) {
        List<Held> next = new ArrayList<>();
        for (int index = 0; index < leases.length && next.size() < limit; index++) {
            Lease lease = leases[index];
            if (lease.epoch > 0 && !lease.ready && !lease.beingReadied && !lease.given && lease.givingUp == 0) {
                lease.beingReadied = true;
                next.add(new Held(index, lease.epoch));
            }
        }
        return next;
    }

    /** The checks have the lease now. */
    void ready(Held one) {
        if (holds(one)) {
            leases[one.lease()].beingReadied = false;
            leases[one.lease()].ready = true;
        }
    }

    /** The lease could not be made ready; to be retried. */
    void notReady(Held one) {
        if (holds(one)) {
            leases[one.lease()].beingReadied = false;
        }
    }

    /** The fence has a later epoch, so this lease is worthless: returns it in exchange for a newer one. */
    void refused(Held one, long fence) {
        heardOf = Math.max(heardOf, fence);
        if (holds(one)) {
            leases[one.lease()].given = true;
        }
    }

    /** Marks all leases as not ready, because the data in Redis has been replaced and the fences must be set again. */
    void unready() {
        for (Lease lease : leases) {
            lease.ready = false;
            lease.beingReadied = false;
        }
    }

    /** One release of a lease. */
    record GivenUp(int lease, long number) {}

    /**
     * Begins to give up leases.
     *
     * @param count target number of leases being given up, including those in progress
     * @param there true for leases of the node's own location, false for the others
     */
    List<GivenUp> giveUp(int count, boolean there) {
        int first = there ? Partition.COUNT : 0;
        int end = first + Partition.COUNT;
        int underWay = 0;
        for (int index = first; index < end; index++) {
            Lease lease = leases[index];
            if (lease.epoch > 0 && (lease.givingUp > 0 || lease.given)) {
                underWay++;
            }
        }
        List<GivenUp> next = new ArrayList<>();
        for (int index = end - 1; index >= first && underWay < count; index--) {
            Lease lease = leases[index];
            if (lease.ready && lease.givingUp == 0 && !lease.given) {
                lease.givingUp = ++givenUp;
                next.add(new GivenUp(index, givenUp));
                underWay++;
            }
        }
        return next;
    }

    /**
     * Called when no check or result of its services is in progress; the lease can be returned.
     *
     * @return whether it will be returned; false if it was lost or taken back meanwhile
     */
    boolean givenUp(GivenUp one) {
        Lease lease = leases[one.lease()];
        if (lease.givingUp != one.number()) {
            return false;
        }
        lease.given = true;
        return true;
    }

    /** Ends all leases without returning them. Returns those that the checks have. */
    List<Integer> dropAll() {
        List<Integer> dropped = new ArrayList<>();
        for (int index = 0; index < leases.length; index++) {
            Lease lease = leases[index];
            if (lease.epoch > 0) {
                dropped.add(index);
                lease.end();
            }
        }
        held = 0;
        return dropped;
    }

    /**
     * Keeps leases that were being given up, because no node can take them while Redis is away. Returns those to check.
     */
    List<Integer> keepAll() {
        List<Integer> kept = new ArrayList<>();
        for (int index = 0; index < leases.length; index++) {
            Lease lease = leases[index];
            if (lease.epoch > 0 && lease.givingUp > 0) {
                lease.keep();
                kept.add(index);
            }
        }
        return kept;
    }
}
