package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.Pong;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthHandlersTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger pings = new AtomicInteger();
    private HealthHandlers handlers;

    @BeforeEach
    void start() {
        Bus.install(vertx);
        Bus bus = Bus.of(vertx);
        ApiServer.await(bus.serve(Addresses.PING, ping -> {
            pings.incrementAndGet();
            return vertx.timer(50).map(late -> new Pong("PONG"));
        }));
        handlers = new HealthHandlers(bus, new StatusBoard());
    }

    @AfterEach
    void stop() {
        ApiServer.await(vertx.close());
    }

    @Test
    void whoAsksMeanwhileSharesOneLookAndWhoAsksLaterCausesAnother() {
        Future<List<String>> first = handlers.look();

        assertThat(handlers.look()).isSameAs(first);
        assertThat(ApiServer.await(first))
                .containsExactly("the schedule does not answer", "the services are not loaded yet");
        assertThat(pings).hasValue(1);

        ApiServer.await(handlers.look());
        assertThat(pings).hasValue(2);
    }
}
