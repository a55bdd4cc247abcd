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
 * Limits concurrent checks, in total and per host and port. Checks without a permit are queued; a busy host delays only
 * its own checks, and among the others the one due first gets the next permit.
 *
 * <p>Shared by all event loops. Hosts are identified by their {@link HostKey}.
 */
final class Permits {

    private record Waiting(long dueAt, long number, Executor loop, Runnable task) {}

    private static final class Host {
        /** Whether this is a reservation by {@link #whenRoom} instead of a host. */
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
    /** Hosts with a queued check and a free permit. */
    private final PriorityQueue<Host> ready = new PriorityQueue<>(Comparator.comparing(
            Host::first, Comparator.comparingLong(Waiting::dueAt).thenComparingLong(Waiting::number)));

    // written under the lock, read by any thread
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

    /** Whether the total limit allows another check. */
    boolean hasRoom() {
        return running.get() < maxInAll;
    }

    /**
     * Requests a permit, to be returned by {@link #release}.
     *
     * @param dueAt when the check became due, milliseconds; among those that could run, the earliest is next
     * @param loop runs the task if it has to wait
     * @param task called when the permit is granted, unless it is granted at once
     * @return true if the permit was granted at once; the caller then does what the task would do
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
     * Reserves a place in due-time order, then runs the callback; the place is kept until it has run. Without the
     * reservation, callers that return permits would always get them back first.
     *
     * @param loop runs the callback
     * @param then requests permits if it still needs any
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
            next = takeReady(); // if the callback did not use it
        }
        next.forEach(one -> one.loop.execute(one.task));
    }

    /** Drops all queued requests; their tasks never run. */
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
