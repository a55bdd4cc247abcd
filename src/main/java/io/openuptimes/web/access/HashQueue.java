package io.openuptimes.web.access;

import io.openuptimes.web.http.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs password hashes on dedicated threads: two at a time, at most one of them for strangers. Known clients have
 * priority and a separate queue, so strangers delay them by at most one hash.
 *
 * <p>Each queue holds one task per client and {@value #ROOM} in total; others are rejected with a 429. Thread-safe.
 */
final class HashQueue {

    static final int ROOM = 16;

    private static final int AT_ONCE = 2;
    private static final int STRANGERS_AT_ONCE = 1;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Room known = new Room(AT_ONCE);
    private final Room strangers = new Room(STRANGERS_AT_ONCE);
    private int running;
    private long refused;

    private static final class Room {
        final int atOnce;
        final Map<String, Task<?>> waiting = new LinkedHashMap<>();
        int running;

        Room(int atOnce) {
            this.atOnce = atOnce;
        }
    }

    private record Task<T>(Room room, Callable<T> work, Promise<T> done, Context context) {}

    HashQueue(Vertx vertx) {
        this.vertx = vertx;
        this.workers = vertx.createSharedWorkerExecutor("passwords", AT_ONCE, 10, TimeUnit.SECONDS);
    }

    /**
     * Queues the work.
     *
     * @return completes on the caller's context; fails with a 429 if the client is already waiting or its queue is full
     */
    <T> Future<T> run(PasswordClient client, Callable<T> work) {
        Room room = client.known() ? known : strangers;
        Task<T> task = new Task<>(room, work, Promise.promise(), vertx.getOrCreateContext());
        synchronized (this) {
            if (room.waiting.size() >= ROOM || room.waiting.containsKey(client.name())) {
                refused++;
                return Future.failedFuture(new ApiException(
                        429, "Too many passwords are being checked; try again", Map.of("Retry-After", "1")));
            }
            room.waiting.put(client.name(), task);
        }
        startNext();
        return task.done().future();
    }

    private void startNext() {
        Task<?> next = next();
        if (next != null) {
            start(next);
        }
    }

    private <T> void start(Task<T> task) {
        workers.executeBlocking(task.work(), false).onComplete(result -> {
            ended(task.room());
            task.context().runOnContext(back -> task.done().handle(result));
            startNext();
        });
    }

    private synchronized @Nullable Task<?> next() {
        for (Room room : List.of(known, strangers)) {
            if (running < AT_ONCE && room.running < room.atOnce && !room.waiting.isEmpty()) {
                Iterator<Task<?>> first = room.waiting.values().iterator();
                Task<?> task = first.next();
                first.remove();
                room.running++;
                running++;
                return task;
            }
        }
        return null;
    }

    private synchronized void ended(Room room) {
        room.running--;
        running--;
    }

    /** Tasks rejected since startup. */
    synchronized long refused() {
        return refused;
    }
}
