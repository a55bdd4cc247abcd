package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.Pong;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthHandlersTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger pings = new AtomicInteger();
    private final Promise<Pong> first = Promise.promise();
    private HealthHandlers handlers;

    @BeforeEach
    void start() {
        Bus.install(vertx);
        Bus bus = Bus.of(vertx);
        await(bus.serve(StoreMessage.PING, ping -> {
            return pings.incrementAndGet() == 1 ? first.future() : Future.succeededFuture(new Pong("PONG"));
        }));
        handlers = new HealthHandlers(bus, new StatusBoard(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void whoAsksMeanwhileSharesOneLookAndWhoAsksLaterCausesAnother() {
        Future<HealthHandlers.Readiness> look = handlers.look();

        assertThat(handlers.look()).isSameAs(look);
        first.complete(new Pong("PONG"));
        assertThat(await(look).missing())
                .containsExactly("the scheduler is not responding", "the services are not loaded yet");
        assertThat(pings).hasValue(1);

        await(handlers.look());
        assertThat(pings).hasValue(2);
    }
}
