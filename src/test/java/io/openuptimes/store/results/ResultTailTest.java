package io.openuptimes.store.results;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.Message;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.web.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTailTest {

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Bus bus = Bus.of(vertx);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ResultFeed other = new ResultFeed("other", () -> true);
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private RestartableRedis server;
    private Redis redis;

    @BeforeEach
    void follow() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = Redis.createClient(vertx, server.url());
        await(bus.listen(EventMessage.STATUS_CHANGED, heard::add));
        await(bus.listen(EventMessage.RELOAD, heard::add));
        await(((VertxInternal) vertx).createEventLoopContext(), () -> {
            Links links = new Links(
                    vertx, RedisClients.options(server.url(), null), Script.loads(), new DataIdentity(Keys.SETTINGS));
            new ResultTail(vertx, bus, links, "own", new SharedCertificates(), metrics).open();
            return null;
        });
        eventually(() -> assertThat(await(redis.send(Request.cmd(Command.CLIENT).arg("LIST")))
                        .toString())
                .contains("cmd=xread"));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        server.close();
    }

    private static ServiceStatus up(int number) {
        return new ServiceStatus("a", Outcome.UP, 1_000 + number, 1_000, 200, 1, Phases.NONE, "");
    }

    private Request next(int number) {
        return other.entries(() -> List.of(up(number)), List.of()).get(0);
    }

    private double reloads() {
        return metrics.get("openuptimes.store.reloads").counter().count();
    }

    @Test
    void loadsEverythingAgainAndCountsItWhereAnEntryIsMissing() throws Exception {
        await(redis.send(next(0)));
        eventually(() -> assertThat(heard).hasSize(1));
        assertThat(reloads()).isZero();

        next(1); // which is never delivered
        await(redis.send(next(2)));

        eventually(() -> assertThat(heard).hasSize(3).contains(new Reload()));
        assertThat(reloads()).isEqualTo(1);
    }

    @Test
    void anUnreadableStatusHidesOnlyItself() throws Exception {
        byte[] statuses = new Packed(100)
                .shortText("b")
                .text("a form of a later version")
                .shortText("a")
                .text(StatusCodec.encode(up(0)))
                .toBytes();
        await(redis.send(Request.cmd(Command.XADD)
                .arg(Keys.RESULTS)
                .arg("*")
                .arg("o")
                .arg("later")
                .arg("n")
                .arg(0)
                .arg("s")
                .arg(statuses)));
        eventually(() -> assertThat(heard).containsExactly(new StatusChanged(List.of(up(0)))));
        assertThat(reloads()).isZero();
    }

    @Test
    void publishesTheCertificatesThatOthersHaveSeenAndDropped() throws Exception {
        List<SeenCertificate> told = new CopyOnWriteArrayList<>();
        await(bus.listen(EventMessage.CERTIFICATES, event -> told.addAll(event.seen())));
        List<SeenCertificate> seen = List.of(
                new SeenCertificate("a", Samples.certificate(1_000, 2_000)),
                new SeenCertificate("b", -5, Samples.certificate(2_000, 3_000)),
                new SeenCertificate("c", null));

        await(redis.send(other.entries(() -> List.of(up(0)), seen).get(0)));

        eventually(() -> assertThat(told).containsExactlyElementsOf(seen));
    }
}
