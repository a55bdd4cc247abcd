package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.GetScheduleState;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.runtime.SteadyClock;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check verticle with a store whose replies are controlled by the test. */
class CheckVerticleTest {

    private final Vertx vertx = App.vertx();
    private final Bus bus = Bus.of(vertx);
    private final Queue<Promise<All>> loads = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void deploy() throws Exception {
        await(bus.serve(StoreMessage.LOAD_ALL, load -> {
            Promise<All> all = Promise.promise();
            loads.add(all);
            return all.future();
        }));
        Settings.Checks settings = SettingsReader.read(new JsonObject(), Map.of("OPENUPTIMES_CHECKS_RETRIES", "0"))
                .checks();
        await(vertx.deployVerticle(new CheckVerticle(
                settings,
                null,
                Probers.standard(new Network(vertx, settings, EgressPolicy.standard(), Clock.systemUTC())),
                SteadyClock.system(),
                new SimpleMeterRegistry())));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private ScheduleState state() {
        return await(bus.request(CheckMessage.SCHEDULE_STATE, new GetScheduleState()));
    }

    private static Service paused(String id) throws Exception {
        return ServiceFields.parse(Map.of("name", id, "url", "http://localhost:9/", "paused", true), id, 0);
    }

    @Test
    void whatChangesWhileTheScheduleIsLoadedIsNotLost() throws Exception {
        eventually(() -> assertThat(loads).hasSize(1));
        for (String id : List.of("new", "other")) {
            bus.publish(EventMessage.SERVICE_SAVED, new ServiceSaved(paused(id), null, null));
        }
        bus.publish(EventMessage.SERVICE_REMOVED, new ServiceRemoved("gone"));
        eventually(() -> assertThat(state().services()).isEqualTo(2));

        loads.remove().complete(new All(List.of(paused("gone")), List.of(), new EventId(1, 0)));

        eventually(() -> assertThat(state().loaded()).isTrue());
        assertThat(state().services()).isEqualTo(2);
    }
}
