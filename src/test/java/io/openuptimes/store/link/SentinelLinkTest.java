package io.openuptimes.store.link;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.ScriptedRedis.bulk;
import static io.openuptimes.testing.ScriptedRedis.list;
import static io.openuptimes.testing.ScriptedRedis.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.store.data.Keys;
import io.openuptimes.testing.ScriptedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A link by way of two scripted sentinels to the first of two scripted servers. */
@ExtendWith(VertxExtension.class)
class SentinelLinkTest {

    private static final String QUESTION = "SENTINEL GET-MASTER-ADDR-BY-NAME main";
    private static final String MASTER = list(bulk("master"), number(0), list());
    private static final String REPLICA = list(bulk("slave"), bulk("127.0.0.1"), number(1), bulk("connected"));
    private static final List<Request> SCRIPTS =
            List.of(Request.cmd(Command.SCRIPT).arg("LOAD").arg("return 1"));

    private final class Heard implements Link.Listener {

        private Promise<Void> up = Promise.promise();
        private Promise<Void> down = Promise.promise();

        @Override
        public void up() {
            heard.add("up");
            down = Promise.promise();
            up.tryComplete();
        }

        @Override
        public void down() {
            heard.add("down");
            up = Promise.promise();
            down.tryComplete();
        }

        @Override
        public void serves(Predicate<String> keys) {
            heard.add("serves");
        }
    }

    private final List<String> heard = new ArrayList<>();
    private final Heard listener = new Heard();
    private Context loop;
    private ScriptedRedis sentinel;
    private ScriptedRedis otherSentinel;
    private ScriptedRedis server;
    private ScriptedRedis otherServer;
    private Link link;

    @BeforeEach
    void open(Vertx vertx) {
        Bus.install(vertx);
        loop = vertx.getOrCreateContext();
        server = await(ScriptedRedis.start(vertx)).answers("ROLE", MASTER);
        otherServer = await(ScriptedRedis.start(vertx)).answers("ROLE", REPLICA);
        Stream.of(server, otherServer).forEach(each -> each.answers("HGET", bulk("id")));
        sentinel = await(ScriptedRedis.start(vertx));
        otherSentinel = await(ScriptedRedis.start(vertx));
        sentinels(server);
        server.answers("GET", bulk("of the first"));
        otherServer.answers("GET", bulk("of the second"));
        RedisOptions options = RedisClients.options(sentinel.url(), null)
                .setType(RedisClientType.SENTINEL)
                .setMasterName("main")
                .setEndpoints(List.of(sentinel.url(), otherSentinel.url()));
        Links links = new Links(vertx, options, SCRIPTS, new DataIdentity(Keys.SETTINGS));
        link = links.to("test", listener);
        await(onLoop(() -> {
            link.open();
            return listener.up.future();
        }));
    }

    /** Both sentinels name this server from now on. */
    private void sentinels(ScriptedRedis master) {
        Stream.of(sentinel, otherSentinel).forEach(each -> names(each, master));
    }

    private static void names(ScriptedRedis sentinel, ScriptedRedis master) {
        sentinel.answers(QUESTION, list(bulk("127.0.0.1"), bulk(String.valueOf(master.port()))));
    }

    private void promoteOther() {
        server.answers("ROLE", REPLICA);
        otherServer.answers("ROLE", MASTER);
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return done.future();
    }

    private Future<Response> get() {
        return onLoop(() -> link.send(Request.cmd(Command.GET).arg("key")));
    }

    /** After the first loss of the connection. */
    private Future<Response> getOnceBack() {
        return onLoop(() -> listener.down.future())
                .compose(down -> onLoop(() -> listener.up.future()))
                .compose(up -> get());
    }

    @Test
    void follows_the_sentinels_to_a_promoted_server(VertxTestContext context) {
        promoteOther();
        sentinels(otherServer);

        getOnceBack()
                .onComplete(context.succeeding(answer -> context.verify(() -> {
                    assertThat(answer).hasToString("of the second");
                    assertThat(heard).containsExactly("serves", "up", "down", "serves", "up");
                    server.whenDeserted().onComplete(context.succeedingThenComplete());
                })));
    }

    @Test
    void leaves_a_server_that_is_still_a_master_once_the_sentinels_name_another(VertxTestContext context) {
        otherServer.answers("ROLE", MASTER);
        sentinels(otherServer);

        getOnceBack()
                .onComplete(context.succeeding(answer -> context.verify(() -> {
                    assertThat(answer).hasToString("of the second");
                    context.completeNow();
                })));
    }

    @Test
    void a_write_that_a_demoted_server_refuses_ends_the_connection(VertxTestContext context) {
        server.answers("SET", ScriptedRedis.error("READONLY You can't write against a read only replica."));
        promoteOther();
        sentinels(otherServer);

        onLoop(() -> link.send(Request.cmd(Command.SET).arg("key").arg("value")))
                .onComplete(context.failing(failure -> {
                    context.verify(() -> assertThat(Failures.codeOf(failure)).isEqualTo(Failures.STORE_UNREACHABLE));
                    getOnceBack().onComplete(context.succeedingThenComplete());
                }));
    }

    @Test
    void the_sentinel_listed_first_may_have_missed_the_failover(VertxTestContext context) {
        promoteOther();
        names(otherSentinel, otherServer);

        getOnceBack()
                .onComplete(context.succeeding(answer -> context.verify(() -> {
                    assertThat(answer).hasToString("of the second");
                    context.completeNow();
                })));
    }

    @Test
    void stays_connected_while_all_sentinels_are_away(VertxTestContext context) {
        int watched = server.asked("ROLE").size();
        sentinel.goAway();
        otherSentinel.goAway();

        server.whenAsked("ROLE", watched + 2)
                .compose(asked -> get())
                .onComplete(context.succeeding(answer -> context.verify(() -> {
                    assertThat(answer).hasToString("of the first");
                    assertThat(heard).containsExactly("serves", "up");
                    context.completeNow();
                })));
    }

    @Test
    void comes_back_with_the_first_sentinel_after_all_servers_and_sentinels_were_away(VertxTestContext context) {
        List<ScriptedRedis> all = List.of(sentinel, otherSentinel, server, otherServer);
        all.forEach(ScriptedRedis::goAway);

        onLoop(() -> listener.down.future())
                .compose(down -> get().transform(refused -> {
                    context.verify(() -> assertThat(refused.failed()).isTrue());
                    promoteOther();
                    names(otherSentinel, otherServer);
                    List.of(otherSentinel, server, otherServer).forEach(ScriptedRedis::comeBack);
                    return onLoop(() -> listener.up.future());
                }))
                .compose(up -> get())
                .onComplete(context.succeeding(answer -> context.verify(() -> {
                    assertThat(answer).hasToString("of the second");
                    assertThat(heard).containsExactly("serves", "up", "down", "serves", "up");
                    context.completeNow();
                })));
    }
}
