package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.web.http.Slices;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Applies bulk changes to the board in slices, one bulk change after the other. Changes to single services that arrive
 * meanwhile are newer and applied at once, and the slices skip those services.
 */
final class BulkChanges {

    private static final int STEP = 64;

    private final StatusBoard board;
    private final Vertx vertx;
    private final Deque<Change> changes = new ArrayDeque<>();

    BulkChanges(Vertx vertx, StatusBoard board) {
        this.vertx = vertx;
        this.board = board;
    }

    private final class Change implements Slices.Work {
        final Iterator<Service> saved;
        final Iterator<String> removed;
        final Set<String> overtaken = new HashSet<>();
        final List<Runnable> afterwards = new ArrayList<>();
        final Promise<Void> whole = Promise.promise();

        Change(List<Service> saved, List<String> removed) {
            this.saved = saved.iterator();
            this.removed = removed.iterator();
        }

        @Override
        public boolean step(long until) {
            do {
                for (int i = 0; i < STEP; i++) {
                    if (removed.hasNext()) {
                        String id = removed.next();
                        if (!overtaken.contains(id)) {
                            board.services().remove(id);
                        }
                    } else if (saved.hasNext()) {
                        Service service = saved.next();
                        if (!overtaken.contains(service.id())) {
                            board.services().save(service);
                        }
                    } else {
                        return true;
                    }
                }
            } while (System.nanoTime() < until);
            return false;
        }
    }

    /**
     * Removals and renames are applied at once if there are renames, because new names may be old names of other
     * services.
     *
     * @return completes when the whole change is on the board
     */
    Future<Void> add(List<Service> saved, List<Service> renamed, List<String> removedIds) {
        if (!renamed.isEmpty()) {
            removedIds.forEach(board.services()::remove);
            board.services().rename(renamed);
        }
        Change change = new Change(saved, removedIds);
        changes.add(change);
        if (changes.size() == 1) {
            next();
        }
        return change.whole.future();
    }

    private void next() {
        Change change = changes.peek();
        if (change != null) {
            board.slices().run(vertx, change).onComplete(ended -> {
                changes.remove();
                change.afterwards.forEach(Runnable::run);
                change.whole.complete();
                next();
            });
        }
    }

    /** Notes that a service was changed or removed individually. */
    void overtake(String serviceId) {
        changes.forEach(change -> change.overtaken.add(serviceId));
    }

    /**
     * Repeats a change after the pending bulk changes, which may add the services it affects. It must be idempotent.
     */
    void again(Runnable change) {
        if (!changes.isEmpty()) {
            changes.getLast().afterwards.add(change);
        }
    }
}
