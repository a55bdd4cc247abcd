package io.openuptimes.store.nodes;

import io.openuptimes.model.Partition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What this node believes to hold, between one answer of {@code share.lua} and the next. Without a clock and without
 * Redis. One event loop only, but for {@link #held()}.
 *
 * <p>What is called a partition here is a slot, see {@link Partition#SLOTS}. One that is held is first made ready (its
 * fence is set, the checks are told), maybe given up later: the checks let go of it, what they brought is written, and
 * the next sync gives it back.
 */
final class Leases {

    /** A partition and since when it is held. */
    record Held(int partition, long epoch) {}

    /**
     * What a sync tells Redis.
     *
     * @param held what the node means to keep for now
     * @param given what it gives back
     * @param heardOf the highest epoch that it has heard of and that was not its own
     */
    record Told(List<Held> held, List<Integer> given, long heardOf) {
        Told {
            held = List.copyOf(held);
            given = List.copyOf(given);
        }
    }

    /**
     * What an answer changes.
     *
     * @param gained held from now on; to be made ready
     * @param lost held by somebody else
     */
    record Change(List<Integer> gained, List<Integer> lost) {}

    private static final class Lease {
        /** 0 while it is not held. */
        long epoch;
        /** The last that was not 0. */
        long lastEpoch;

        boolean beingReadied;
        boolean ready;
        /** Which giving up it is in, 0 for none. */
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

    private final Lease[] leases = new Lease[Partition.SLOTS];
    private long heardOf;
    private long givenUp;
    private volatile int held;

    Leases() {
        for (int partition = 0; partition < leases.length; partition++) {
            leases[partition] = new Lease();
        }
    }

    /** How many partitions of services that are checked from anywhere; for anybody to read. */
    int held() {
        return held;
    }

    /** Since when a partition is held, or was held last: results are written under it. 0 if it never was. */
    long epoch(int partition) {
        return leases[partition].lastEpoch;
    }

    boolean holds(Held one) {
        return leases[one.partition()].epoch == one.epoch();
    }

    Told tell() {
        List<Held> kept = new ArrayList<>();
        BitSet given = new BitSet();
        for (int partition = 0; partition < leases.length; partition++) {
            Lease lease = leases[partition];
            if (lease.given) {
                given.set(partition);
            } else if (lease.epoch > 0) {
                kept.add(new Held(partition, lease.epoch));
            }
        }
        return new Told(kept, given.stream().boxed().toList(), heardOf);
    }

    /**
     * Takes over an answer.
     *
     * @param told what it answers; what has been given back since then stays so for the next
     * @param holds all that the node holds by it
     */
    Change answered(Told told, List<Held> holds) {
        told.given().forEach(partition -> {
            if (leases[partition].given) {
                leases[partition].end();
            }
        });
        long[] epochs = new long[leases.length];
        holds.forEach(one -> epochs[one.partition()] = one.epoch());
        List<Integer> gained = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        for (int partition = 0; partition < leases.length; partition++) {
            Lease lease = leases[partition];
            if (lease.epoch == epochs[partition]) {
                continue;
            }
            if (lease.epoch > 0) {
                lost.add(partition);
                lease.end();
            }
            if (epochs[partition] > 0) {
                gained.add(partition);
                lease.epoch = epochs[partition];
                lease.lastEpoch = lease.epoch;
            }
        }
        held = (int) holds.stream()
                .filter(one -> !Partition.isThere(one.partition()))
                .count();
        return new Change(gained, lost);
    }

    /** Some of those that are held and not ready; they are being made so from now on. */
    List<Held> toReady(int limit) {
        List<Held> next = new ArrayList<>();
        for (int partition = 0; partition < leases.length && next.size() < limit; partition++) {
            Lease lease = leases[partition];
            if (lease.epoch > 0 && !lease.ready && !lease.beingReadied && !lease.given && lease.givingUp == 0) {
                lease.beingReadied = true;
                next.add(new Held(partition, lease.epoch));
            }
        }
        return next;
    }

    /** The checks have it now. */
    void ready(Held one) {
        if (holds(one)) {
            leases[one.partition()].beingReadied = false;
            leases[one.partition()].ready = true;
        }
    }

    /** It could not be made ready, which is to be tried again. */
    void notReady(Held one) {
        if (holds(one)) {
            leases[one.partition()].beingReadied = false;
        }
    }

    /**
     * The partition's fence is of a later epoch: this one is worth nothing, and is given back for one that is later
     * still.
     */
    void refused(Held one, long fence) {
        heardOf = Math.max(heardOf, fence);
        if (holds(one)) {
            leases[one.partition()].given = true;
        }
    }

    /** All fences are to be set again: Redis is not the one that it was. */
    void unready() {
        for (Lease lease : leases) {
            lease.ready = false;
            lease.beingReadied = false;
        }
    }

    /** One giving up of a partition. */
    record GivenUp(int partition, long number) {}

    /**
     * Begins to give up partitions.
     *
     * @param count how many should be on their way back, those that are already among them
     * @param there whether those at the node's own location are meant, or the others
     */
    List<GivenUp> giveUp(int count, boolean there) {
        int first = there ? Partition.COUNT : 0;
        int end = first + Partition.COUNT;
        int underWay = 0;
        for (int partition = first; partition < end; partition++) {
            Lease lease = leases[partition];
            if (lease.epoch > 0 && (lease.givingUp > 0 || lease.given)) {
                underWay++;
            }
        }
        List<GivenUp> next = new ArrayList<>();
        for (int partition = end - 1; partition >= first && underWay < count; partition--) {
            Lease lease = leases[partition];
            if (lease.ready && lease.givingUp == 0 && !lease.given) {
                lease.givingUp = ++givenUp;
                next.add(new GivenUp(partition, givenUp));
                underWay++;
            }
        }
        return next;
    }

    /**
     * Nothing of it is under way any more: it can go back.
     *
     * @return whether it can; not if it was lost or taken back meanwhile
     */
    boolean givenUp(GivenUp one) {
        Lease lease = leases[one.partition()];
        if (lease.givingUp != one.number()) {
            return false;
        }
        lease.given = true;
        return true;
    }

    /** Redis is away, and nobody else can take what is on its way back: it is kept. Says what is to be checked again. */
    List<Integer> keepAll() {
        List<Integer> kept = new ArrayList<>();
        for (int partition = 0; partition < leases.length; partition++) {
            Lease lease = leases[partition];
            if (lease.epoch > 0 && lease.givingUp > 0) {
                lease.keep();
                kept.add(partition);
            }
        }
        return kept;
    }
}
