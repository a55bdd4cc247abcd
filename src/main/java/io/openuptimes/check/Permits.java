package io.openuptimes.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many checks may run at once: in all, and against one host and port. Who gets no permit waits in line; a busy host
 * holds up nobody but those who wait for it. One event loop only.
 */
final class Permits {

    private static final class Host {
        int running;
        final Deque<Runnable> waiting = new ArrayDeque<>();
        boolean queued;
    }

    private final int maxInAll;
    private final int maxPerHost;
    private final Map<String, Host> hosts = new HashMap<>();
    /** Hosts that have somebody waiting and a free permit of their own, in turn. */
    private final Deque<Host> ready = new ArrayDeque<>();

    private int running;
    private int waiting;

    Permits(int maxInAll, int maxPerHost) {
        this.maxInAll = maxInAll;
        this.maxPerHost = maxPerHost;
    }

    int running() {
        return running;
    }

    int waiting() {
        return waiting;
    }

    /** Runs the task with a permit, now or when it is its turn. The task's end must be told by {@link #release}. */
    void acquire(String hostAndPort, Runnable task) {
        Host host = hosts.computeIfAbsent(hostAndPort, name -> new Host());
        if (host.waiting.isEmpty() && running < maxInAll && host.running < maxPerHost) {
            run(host, task);
            return;
        }
        waiting++;
        host.waiting.add(task);
        enqueue(host);
    }

    void release(String hostAndPort) {
        Host host = hosts.get(hostAndPort);
        if (host == null || host.running == 0) {
            throw new IllegalStateException("no permit of " + hostAndPort + " is out");
        }
        running--;
        host.running--;
        if (host.running == 0 && host.waiting.isEmpty()) {
            hosts.remove(hostAndPort);
        } else {
            enqueue(host);
        }
        startReady();
    }

    /** Whoever waits, waits in vain. */
    void forgetWaiting() {
        hosts.values().forEach(host -> host.waiting.clear());
        waiting = 0;
    }

    private void enqueue(Host host) {
        if (!host.queued && !host.waiting.isEmpty() && host.running < maxPerHost) {
            host.queued = true;
            ready.add(host);
        }
    }

    private void startReady() {
        while (running < maxInAll) {
            Host host = ready.poll();
            if (host == null) {
                return;
            }
            host.queued = false;
            Runnable task = host.waiting.poll();
            if (task == null) {
                continue;
            }
            waiting--;
            run(host, task);
            enqueue(host);
        }
    }

    private void run(Host host, Runnable task) {
        running++;
        host.running++;
        task.run();
    }
}
