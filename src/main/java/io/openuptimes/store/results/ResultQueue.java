package io.openuptimes.store.results;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** Results that wait to be written, in their order. Those behind the first ones are packed. */
final class ResultQueue {

    /** Unpacked at a time. */
    private static final int UNPACKED = 1_000;

    private final int maxLoose;
    private final Deque<Pending> loose = new ArrayDeque<>();
    private final PackedResults packed = new PackedResults();
    /** Who waits for one of the packed, by how many were packed before it. */
    private final Map<Long, Promise<Void>> waiting = new HashMap<>();

    private long packedSoFar;
    private long unpackedSoFar;

    /**
     * @param maxLoose how many may wait as they are
     */
    ResultQueue(int maxLoose) {
        this.maxLoose = maxLoose;
    }

    int size() {
        return loose.size() + packed.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** One that has not been written before. */
    void addLast(Pending pending) {
        if (packed.size() == 0 && loose.size() < maxLoose) {
            loose.addLast(pending);
            return;
        }
        if (pending.written() != null) {
            waiting.put(packedSoFar, pending.written());
        }
        packedSoFar++;
        packed.add(pending.fenced());
    }

    void addFirst(Pending pending) {
        loose.addFirst(pending);
    }

    /**
     * @throws NoSuchElementException if there is none
     */
    Pending getFirst() {
        unpack();
        return loose.getFirst();
    }

    /** Likewise. */
    Pending removeFirst() {
        unpack();
        return loose.removeFirst();
    }

    private void unpack() {
        if (!loose.isEmpty()) {
            return;
        }
        for (int i = 0; i < UNPACKED && packed.size() > 0; i++) {
            loose.addLast(new Pending(packed.remove(), waiting.remove(unpackedSoFar++), false));
        }
    }
}
