package io.openuptimes.web.access;

import static io.openuptimes.bus.AccessMessage.DELETE_SESSION;
import static io.openuptimes.bus.AccessMessage.FIND_SESSION;
import static io.openuptimes.bus.AccessMessage.PROLONG_SESSION;
import static io.openuptimes.bus.AccessMessage.SAVE_SESSION;

import io.openuptimes.bus.AccessMessage.DeleteSession;
import io.openuptimes.bus.AccessMessage.FindSession;
import io.openuptimes.bus.AccessMessage.FoundSession;
import io.openuptimes.bus.AccessMessage.ProlongSession;
import io.openuptimes.bus.AccessMessage.SaveSession;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.Session;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sessions: they last 12 hours, and are extended on use once less than half of that is left. */
final class Sessions {

    static final long LENGTH = TimeUnit.HOURS.toMillis(12);

    private static final int REMEMBERED = 10_000;
    private static final long TIMEOUT = 5_000;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Bus bus;
    private final LongSupplier clock;
    private final ShortMemory<Session> memory;

    /**
     * @param clock epoch milliseconds
     * @param nanoClock as {@link System#nanoTime}
     */
    Sessions(Bus bus, LongSupplier clock, LongSupplier nanoClock) {
        this.bus = bus;
        this.clock = clock;
        this.memory = new ShortMemory<>(REMEMBERED, nanoClock);
    }

    /**
     * @param token the cookie's value
     * @return empty if the token is invalid or its session has ended; fails if the store is unavailable
     */
    Future<Optional<Session>> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Future.succeededFuture(Optional.empty());
        }
        String hash = Secrets.sha256(token);
        return memory.find(hash, () -> bus.request(FIND_SESSION, new FindSession(hash), TIMEOUT)
                .compose(this::prolonged));
    }

    /** Like {@link #find}, but bypasses the cache. */
    Future<Optional<Session>> findAnew(String token) {
        memory.forget(Secrets.sha256(token));
        return find(token);
    }

    Future<StartedSession> start(long epoch) {
        String token = Secrets.random();
        long now = clock.getAsLong();
        Session session = new Session(Secrets.sha256(token), Secrets.random(), epoch, now, now + LENGTH);
        return bus.request(SAVE_SESSION, new SaveSession(session)).map(done -> new StartedSession(token, session));
    }

    Future<Void> end(Session session) {
        return delete(session.tokenHash());
    }

    /** Call this when the epoch changes, which ends every existing session. */
    void forgetAll() {
        memory.forgetAll();
    }

    private Future<Optional<Session>> prolonged(FoundSession found) {
        @Nullable Session session = found.session();
        long now = clock.getAsLong();
        if (session == null || session.expiresAt() <= now) {
            return Future.succeededFuture(Optional.empty());
        }
        if (session.expiresAt() - now >= LENGTH / 2) {
            return Future.succeededFuture(Optional.of(session));
        }
        Session longer = new Session(
                session.tokenHash(), session.csrfToken(), session.epoch(), session.createdAt(), now + LENGTH);
        return bus.request(PROLONG_SESSION, new ProlongSession(longer), TIMEOUT)
                .map(kept -> Optional.ofNullable(kept.session()));
    }

    private Future<Void> delete(String hash) {
        return bus.request(DELETE_SESSION, new DeleteSession(hash))
                .onComplete(done -> memory.forget(hash))
                .mapEmpty();
    }
}
