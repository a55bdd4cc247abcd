package io.openuptimes.store.changes;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.RedisErrors;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the one command that commits a change of the configuration, so that a change reported as failed is not made:
 * not now, and not later by a server that was suspended.
 *
 * <p>First the server is asked for its time, so that nothing is sent to one that hangs. The command rejects itself if
 * more than {@value #MAY_BEGIN_MS} ms have passed since then, and leaves a note of what it changed. If its answer is
 * lost, the change is undone by means of the note when the server is back, before anything else is done. If there is no
 * note yet, one is written that makes the command reject itself.
 *
 * <p>Belongs to one event loop.
 */
public final class Commits {

    private static final Logger log = LoggerFactory.getLogger(Commits.class);

    /** Shorter than the command timeout. */
    private static final long MAY_BEGIN_MS = Link.COMMAND_TIMEOUT_MS * 3 / 5;

    private static final long FRESH_MS = 200;

    /** Changes in doubt; each lost connection adds one per change in progress. */
    private static final int MAX_LOST = 10_000;

    /** A change whose answer was lost: the key of its note, then the keys that it changes. */
    private record Lost(List<String> keys) {}

    private final Link link;
    private final Deque<Lost> lost = new ArrayDeque<>();
    private @Nullable Future<Void> settling;
    private long told;
    private long toldAt;
    private @Nullable String toldFor;

    public Commits(Link link) {
        this.link = link;
    }

    /** Runs one command (HSET, HDEL, HINCRBY, SET or DEL), given as its name, key and arguments. */
    public Future<@Nullable Response> run(Object... words) {
        return runAll(List.of(Arrays.asList(words)));
    }

    /** Runs several such commands in one step; the first one determines the slot. */
    public Future<@Nullable Response> runAll(List<List<Object>> commands) {
        List<String> keys = new ArrayList<>();
        List<String> args = new ArrayList<>();
        for (List<Object> words : commands) {
            String key = words.get(1).toString();
            if (!keys.contains(key)) {
                keys.add(key);
            }
            args.add(String.valueOf(words.size()));
            words.forEach(word -> args.add(word.toString()));
        }
        return run(Script.COMMIT, keys, args.toArray());
    }

    /**
     * Calls a committing script.
     *
     * @return the script's answer; fails with {@link Failures#STORE_UNREACHABLE} if the change will never be made
     */
    public Future<@Nullable Response> run(Script script, List<String> keys, Object... args) {
        String note = Keys.note(keys.get(0), UUID.randomUUID().toString());
        return settle().compose(settled -> now(keys.get(0), note)).compose(now -> {
            Request call = script.call(keys.size() + 1);
            keys.forEach(call::arg);
            call.arg(note);
            for (Object arg : args) {
                if (arg instanceof Buffer bytes) {
                    call.arg(bytes);
                } else {
                    call.arg(arg.toString());
                }
            }
            return send(call.arg(now + MAY_BEGIN_MS), note, keys);
        });
    }

    /** Time of the server that has the key; a recent answer for the same key is reused. */
    private Future<Long> now(String key, String note) {
        long sinceTold = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldAt);
        if (key.equals(toldFor) && link.isUp() && sinceTold < FRESH_MS) {
            return Future.succeededFuture(told + sinceTold);
        }
        return link.send(Script.NOW.call(1).arg(note)).map(now -> {
            if (now == null) {
                throw new IllegalStateException("the server does not know the time");
            }
            told = now.toLong();
            toldAt = System.nanoTime();
            toldFor = key;
            return told;
        });
    }

    private Future<@Nullable Response> send(Request call, String note, List<String> keys) {
        return link.send(call)
                .recover(failure -> {
                    if (isTooLate(failure)) {
                        return Future.failedFuture(new Refused(
                                Failures.STORE_UNREACHABLE, "The store took too long; nothing was changed"));
                    }
                    if (!RedisErrors.isAnswer(failure)) {
                        remember(note, keys);
                    }
                    return Future.failedFuture(failure);
                })
                .compose(done -> confirmed(note, keys).map(done));
    }

    /** Confirms the change on the replicas; if a failover may have lost it, it will be undone. */
    private Future<Void> confirmed(String note, List<String> keys) {
        return link.confirm()
                .onSuccess(confirmed -> link.send(forget(note)))
                .onFailure(unknown -> remember(note, keys));
    }

    /** Completes like {@code rest}, after attempting replica confirmation. For what follows from a committed change. */
    public <T> Future<T> lasting(Future<T> rest) {
        return rest.compose(done -> link.confirm().otherwiseEmpty().map(done));
    }

    private static Request forget(String note) {
        return Request.cmd(Command.UNLINK).arg(note);
    }

    private static boolean isTooLate(Throwable failure) {
        return failure instanceof ErrorType
                && String.valueOf(failure.getMessage()).contains("TOOLATE");
    }

    private void remember(String note, List<String> keys) {
        List<String> all = new ArrayList<>();
        all.add(note);
        all.addAll(keys);
        lost.addLast(new Lost(all));
        if (lost.size() > MAX_LOST) {
            lost.removeFirst();
            log.error("too many unconfirmed changes; the oldest was reported as failed, but may have been made");
        }
    }

    /**
     * Undoes changes that were reported as failed and may have been made. Call when the server is reachable again,
     * before reading anything from it, and periodically.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE} while there is something left to undo
     */
    public Future<Void> settle() {
        Future<Void> underWay = settling;
        if (underWay != null) {
            return underWay;
        }
        if (lost.isEmpty()) {
            return Future.succeededFuture();
        }
        Future<Void> settled = next();
        settling = settled;
        settled.onComplete(ended -> settling = null);
        return settled;
    }

    private Future<Void> next() {
        Lost oldest = lost.peekFirst();
        if (oldest == null) {
            return Future.succeededFuture();
        }
        Request undo = Script.UNDO.call(oldest.keys().size());
        oldest.keys().forEach(undo::arg);
        return link.send(undo)
                .onSuccess(undone -> {
                    if (undone != null && undone.toInteger() == 1) {
                        log.warn("undid a change that was reported as failed because its reply was lost");
                    }
                })
                .recover(Commits::givenUp)
                .compose(undone -> {
                    lost.remove(oldest);
                    return next();
                });
    }

    /** Gives up changes that the server will never undo, so that they do not block all others. */
    private static Future<@Nullable Response> givenUp(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.error(
                    "cannot undo a change that was reported as failed because its reply was lost; it may have been"
                            + " made",
                    failure);
            return Future.succeededFuture();
        }
        return Future.failedFuture(failure);
    }
}
