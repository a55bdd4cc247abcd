package io.openuptimes.store.link;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one hash slot. After a redirection, later commands wait until all commands in flight are answered;
 * then the redirected ones are sent again, followed by the later ones.
 *
 * <p>This preserves the order of commands with the same key. Two multi-key commands that are sent at once while a slot
 * is being migrated may be reordered.
 */
final class SlotQueue {

    /** How long a redirected command is retried before it fails. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private static final int MAX_WAITING = 10_000;

    /** The operations that the queue needs from the cluster. */
    interface Cluster {

        /**
         * Sends to the slot's master. Fails with the master's error, or with any other failure if it is unreachable.
         */
        Future<@Nullable Response> send(int slot, Request command);

        /** Sends to the node at this address, whether or not it owns the slot. */
        Future<@Nullable Response> ask(String address, Request command);

        /**
         * Completes when the commands should be sent again. Never fails.
         *
         * @param moved whether the slot may have another master; the queue waits until it is connected or unreachable
         * @param wait whether to pause before that
         */
        Future<Void> again(int slot, boolean moved, boolean wait);
    }

    private static final class Call {
        final Request command;
        final long number;
        final long since = System.nanoTime();
        final Promise<@Nullable Response> answer = Promise.promise();
        int tries;

        Call(Request command, long number) {
            this.command = command;
            this.number = number;
        }
    }

    private final int slot;
    private final Cluster cluster;
    /** To be sent again when no command is in flight. */
    private final List<Call> redirected = new ArrayList<>();
    /** To be sent next, in order. */
    private final Deque<Call> later = new ArrayDeque<>();

    private long calls;
    private int underWay;
    private boolean holding;
    private boolean resuming;
    private boolean moved;

    SlotQueue(int slot, Cluster cluster) {
        this.slot = slot;
        this.cluster = cluster;
    }

    Future<@Nullable Response> send(Request command) {
        Call call = new Call(command, calls++);
        if (!holding && later.isEmpty()) {
            transmit(call);
        } else if (later.size() < MAX_WAITING) {
            later.add(call);
        } else {
            return Future.failedFuture(new Refused(
                    Failures.STORE_UNREACHABLE, RedisErrors.NOT_AT_PRESENT + " more requests at the moment"));
        }
        return call.answer.future();
    }

    private void transmit(Call call) {
        underWay++;
        call.tries++;
        cluster.send(slot, call.command).onComplete(answer -> answered(call, answer));
    }

    private void answered(Call call, AsyncResult<@Nullable Response> answer) {
        underWay--;
        if (answer.succeeded()) {
            call.answer.complete(answer.result());
        } else {
            failed(call, answer.cause());
        }
        if (holding && !resuming && underWay == 0) {
            resume();
        }
    }

    private void failed(Call call, Throwable failure) {
        Redirect redirect = Redirect.of(failure);
        if (redirect == null) {
            call.answer.fail(
                    RedisErrors.isOfServer(failure) && !RedisErrors.endsConnection(failure)
                            ? RedisErrors.forCaller(failure)
                            : Refused.unreachable());
        } else if (System.nanoTime() - call.since > PATIENCE_NS) {
            call.answer.fail(RedisErrors.forCaller(failure));
        } else if (redirect.kind() == Redirect.Kind.ASK && redirect.address() != null) {
            underWay++;
            cluster.ask(redirect.address(), call.command).onComplete(answer -> answered(call, answer));
        } else {
            moved |= redirect.kind() == Redirect.Kind.MOVED || redirect.kind() == Redirect.Kind.CLUSTERDOWN;
            holding = true;
            redirected.add(call);
        }
    }

    private void resume() {
        boolean wait = redirected.stream().anyMatch(call -> call.tries > 1) || !moved;
        boolean elsewhere = moved;
        moved = false;
        resuming = true;
        cluster.again(slot, elsewhere, wait).onComplete(ready -> {
            resuming = false;
            holding = false;
            redirected.sort(Comparator.comparingLong((Call call) -> call.number).reversed());
            redirected.forEach(later::addFirst);
            redirected.clear();
            transmitLater();
        });
    }

    /** Stops at a command that is redirected at once; {@link #resume} continues. */
    private void transmitLater() {
        while (!holding && !later.isEmpty()) {
            transmit(later.remove());
        }
    }
}
