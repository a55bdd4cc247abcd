package io.openuptimes.web.access;

import static io.openuptimes.bus.AccessMessage.DELETE_SESSION;
import static io.openuptimes.bus.AccessMessage.FIND_SESSION;
import static io.openuptimes.bus.AccessMessage.PROLONG_SESSION;
import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.AccessMessage.FoundSession;
import io.openuptimes.bus.AccessMessage.ProlongSession;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Message;
import io.openuptimes.model.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions with a store whose replies to saves are controlled by the test. */
class SessionsTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final String TOKEN = "A".repeat(43);

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Session> stored = new ConcurrentHashMap<>();
    private final Queue<Runnable> saves = new ConcurrentLinkedQueue<>();
    private final Session session = new Session(Secrets.sha256(TOKEN), "csrf", 1, NOW - 1, NOW + 60_000);
    private Sessions sessions;

    @BeforeEach
    void start() {
        Bus.install(vertx);
        Bus bus = Bus.of(vertx);
        await(bus.serve(FIND_SESSION, q -> Future.succeededFuture(new FoundSession(stored.get(q.tokenHash())))));
        await(bus.serve(PROLONG_SESSION, this::prolonged));
        await(bus.serve(DELETE_SESSION, q -> {
            stored.remove(q.tokenHash());
            return Future.succeededFuture(Message.DONE);
        }));
        sessions = new Sessions(bus, () -> NOW, System::nanoTime);
        stored.put(session.tokenHash(), session);
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    /** Like the store: does not recreate a missing session. */
    private Future<FoundSession> prolonged(ProlongSession prolong) {
        Promise<FoundSession> answer = Promise.promise();
        saves.add(() -> answer.complete(new FoundSession(
                stored.computeIfPresent(prolong.session().tokenHash(), (hash, old) -> prolong.session()))));
        return answer.future();
    }

    @Test
    void prolonging_saves_the_new_end() throws Exception {
        Future<Optional<Session>> found = sessions.find(TOKEN);
        eventually(() -> assertThat(saves).hasSize(1));
        saves.remove().run();
        assertThat(await(found))
                .hasValueSatisfying(longer -> assertThat(longer.expiresAt()).isEqualTo(NOW + Sessions.LENGTH));
        assertThat(stored.get(session.tokenHash()).expiresAt()).isEqualTo(NOW + Sessions.LENGTH);
    }

    @Test
    void prolonging_does_not_bring_back_what_was_signed_out_meanwhile() throws Exception {
        Future<Optional<Session>> found = sessions.find(TOKEN);
        eventually(() -> assertThat(saves).hasSize(1));
        await(sessions.end(session));
        saves.remove().run();
        assertThat(await(found)).isEmpty();
        assertThat(stored).isEmpty();
    }
}
