package io.openuptimes.store.results;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** Results waiting to be written, in order. All but the first ones are packed. */
final class ResultQueue {

    /** Unpacked at a time. */
    private static final int UNPACKED = 1_000;

    private final int maxLoose;
    private final Deque<Pending> loose = new ArrayDeque<>();
    private final PackedResults packed = new PackedResults();
    /** Callers waiting for packed results, keyed by the number of results packed before. */
    private final Map<Long, Promise<Void>> waiting = new HashMap<>();

    private long packedSoFar;
    private long unpackedSoFar;

    /**
     * @param maxLoose maximum number kept unpacked
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

    /** Adds a result that has not been written before. */
    void addLast(Pending pending) {
        if (packed.size() == 0 && loose.size() < maxLoose) {
            loose.addLast(pending);
            return;
        }
        if (pending.written() != null) {
            waiting.put(packedSoFar, pending.written());
        }
        packedSoFar++;
        packed.add(pending.write());
    }

    void addFirst(Pending pending) {
        loose.addFirst(pending);
    }

    /**
     * @throws NoSuchElementException if the queue is empty
     */
    Pending getFirst() {
        unpack();
        return loose.getFirst();
    }

    /** Throws like {@link #getFirst}. */
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
