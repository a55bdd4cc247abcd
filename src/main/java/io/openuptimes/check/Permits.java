package io.openuptimes.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many checks may run at once: in all, and against one host and port. Who gets no permit waits in line; a busy host
 * holds up nobody but those who wait for it, and of those who could run the one that came first is next.
 *
 * <p>Shared by all event loops. Hosts are known by their {@link HostKey}.
 */
final class Permits {

    private record Waiting(long dueAt, long number, Executor loop, Runnable task) {}

    private static final class Host {
        /** No host, but somebody who waits for room. */
        final boolean room;

        int running;
        final Deque<Waiting> waiting = new ArrayDeque<>(1);
        boolean queued;

        Host(boolean room) {
            this.room = room;
        }

        Waiting first() {
            return waiting.element();
        }
    }

    private final int maxInAll;
    private final int maxPerHost;
    private final Map<Long, Host> hosts = new HashMap<>();
    /** Hosts that have somebody waiting and a free permit of their own. */
    private final PriorityQueue<Host> ready = new PriorityQueue<>(Comparator.comparing(
            Host::first, Comparator.comparingLong(Waiting::dueAt).thenComparingLong(Waiting::number)));

    // changed under the lock, read by anybody
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private long numbers;

    Permits(int maxInAll, int maxPerHost) {
        this.maxInAll = maxInAll;
        this.maxPerHost = maxPerHost;
    }

    int maxInAll() {
        return maxInAll;
    }

    int running() {
        return running.get();
    }

    int waiting() {
        return waiting.get();
    }

    /** Whether the limit in all lets another one run. */
    boolean hasRoom() {
        return running.get() < maxInAll;
    }

    /**
     * Asks for a permit. Its end must be told by {@link #release}.
     *
     * @param dueAt since when it is due, milliseconds; of those that could run, the one due for the longest time is next
     * @param loop where the task is to run if it has to wait
     * @param task run when it is its turn, unless that is now
     * @return true if it has its permit at once; the caller does then what the task would do
     */
    synchronized boolean acquire(long host, long dueAt, Executor loop, Runnable task) {
        Host known = hosts.computeIfAbsent(host, key -> new Host(false));
        if (known.waiting.isEmpty() && running.get() < maxInAll && known.running < maxPerHost) {
            count(known, 1);
            return true;
        }
        waiting.incrementAndGet();
        known.waiting.add(new Waiting(dueAt, numbers++, loop, task));
        enqueue(known);
        return false;
    }

    void release(long host) {
        List<Waiting> next;
        synchronized (this) {
            Host known = hosts.get(host);
            if (known == null || known.running == 0) {
                throw new IllegalStateException("no such permit is out");
            }
            count(known, -1);
            if (known.running == 0 && known.waiting.isEmpty()) {
                hosts.remove(host);
            } else {
                enqueue(known);
            }
            next = takeReady();
        }
        next.forEach(one -> one.loop.execute(one.task));
    }

    /**
     * Runs something when it is its turn to have room, in one line with those that wait for a permit: else whoever gives
     * permits back would take them again, before anybody else knows. Room is kept for it until then.
     *
     * @param loop where it is to run
     * @param then asks for permits, if it still wants any
     */
    void whenRoom(long dueAt, Executor loop, Runnable then) {
        List<Waiting> next;
        synchronized (this) {
            Host room = new Host(true);
            room.waiting.add(new Waiting(dueAt, numbers++, loop, () -> useRoom(then)));
            ready.add(room);
            next = takeReady();
        }
        next.forEach(one -> one.loop.execute(one.task));
    }

    private void useRoom(Runnable then) {
        running.decrementAndGet();
        then.run();
        List<Waiting> next;
        synchronized (this) {
            next = takeReady(); // if it did not use it
        }
        next.forEach(one -> one.loop.execute(one.task));
    }

    /** Whoever waits, waits in vain. */
    synchronized void forgetWaiting() {
        hosts.values().forEach(host -> host.waiting.clear());
        ready.clear();
        hosts.values().forEach(host -> host.queued = false);
        waiting.set(0);
        hosts.values().removeIf(host -> host.running == 0);
    }

    private void enqueue(Host host) {
        if (!host.queued && !host.waiting.isEmpty() && host.running < maxPerHost) {
            host.queued = true;
            ready.add(host);
        }
    }

    private List<Waiting> takeReady() {
        if (ready.isEmpty()) {
            return List.of();
        }
        List<Waiting> next = new ArrayList<>(1);
        while (running.get() < maxInAll && !ready.isEmpty()) {
            Host host = ready.remove();
            host.queued = false;
            next.add(host.waiting.remove());
            if (!host.room) {
                waiting.decrementAndGet();
            }
            count(host, 1);
            enqueue(host);
        }
        return next;
    }

    private void count(Host host, int change) {
        running.addAndGet(change);
        host.running += change;
    }
}
