package io.openuptimes.store.link;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.ScriptedRedis.NULL;
import static io.openuptimes.testing.ScriptedRedis.SILENCE;
import static io.openuptimes.testing.ScriptedRedis.bulk;
import static io.openuptimes.testing.ScriptedRedis.error;
import static io.openuptimes.testing.ScriptedRedis.list;
import static io.openuptimes.testing.ScriptedRedis.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.testing.ScriptedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two scripted sentinels and two servers, of which the first is the master. */
@ExtendWith(VertxExtension.class)
class SentinelDialerTest {

    private static final String QUESTION = "SENTINEL GET-MASTER-ADDR-BY-NAME main";
    private static final String REPLICA = list(bulk("slave"), bulk("127.0.0.1"), number(1), bulk("connected"));
    private static final String MASTER = master();

    /** Longer than any answer takes on a busy machine. */
    private static final long PATIENCE_MS = 60_000;

    private static final long SILENCE_MS = 200;

    private static final boolean SAME = false;
    private static final boolean OTHER = true;

    private ScriptedRedis sentinel;
    private ScriptedRedis otherSentinel;
    private ScriptedRedis server;
    private ScriptedRedis otherServer;
    private Vertx vertx;
    private SentinelDialer dialer;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        Bus.install(vertx);
        server = await(ScriptedRedis.start(vertx)).answers("ROLE", MASTER);
        otherServer = await(ScriptedRedis.start(vertx)).answers("ROLE", REPLICA);
        sentinel = await(ScriptedRedis.start(vertx)).answers(QUESTION, named(server));
        otherSentinel = await(ScriptedRedis.start(vertx)).answers(QUESTION, named(server));
        dialer = dialer(PATIENCE_MS);
    }

    private SentinelDialer dialer(long answerMs) {
        RedisOptions options = RedisClients.options(sentinel.url(), null)
                .setType(RedisClientType.SENTINEL)
                .setMasterName("main")
                .setEndpoints(List.of(sentinel.url(), otherSentinel.url()));
        List<Request> scripts = List.of(Request.cmd(Command.SCRIPT).arg("LOAD").arg("return 1"));
        return new SentinelDialer(vertx, options, scripts, answerMs);
    }

    private static String named(ScriptedRedis master) {
        return list(bulk("127.0.0.1"), bulk(String.valueOf(master.port())));
    }

    private static String master(String... replicas) {
        return list(bulk("master"), number(0), list(replicas));
    }

    @Test
    void the_scripts_are_loaded_once_the_named_server_says_that_it_is_the_master(VertxTestContext context) {
        server.answers("ROLE", master(list(bulk("127.0.0.1"), bulk("6380"), bulk("0"))));

        dialer.dial()
                .onComplete(context.succeeding(wire -> context.verify(() -> {
                    assertThat(wire.endpoint()).isEqualTo(server.url());
                    assertThat(wire.replicas().get()).isEqualTo(1);
                    assertThat(server.asked()).containsExactly("ROLE", "SCRIPT LOAD return 1");
                    context.completeNow();
                })));
    }

    static Stream<Arguments> uselessSentinels() {
        return Stream.of(
                arguments("HELLO", SILENCE),
                arguments(QUESTION, SILENCE),
                arguments(QUESTION, NULL),
                arguments(QUESTION, list()),
                arguments(QUESTION, list(bulk("127.0.0.1"))),
                arguments(QUESTION, list(bulk("127.0.0.1"), bulk("no port"))),
                arguments(QUESTION, error("IDONTKNOW I have not enough information")));
    }

    /** Until it succeeds, as a link does: on a busy machine the good sentinel may be late, too. */
    private Future<Wire> dialled() {
        return dialer.dial().recover(failure -> dialled());
    }

    @ParameterizedTest
    @MethodSource("uselessSentinels")
    void the_next_sentinel_is_asked_if_one_gives_no_usable_answer_and_goes_first_from_then_on(
            String command, String reply, VertxTestContext context) {
        sentinel.answers(command, reply);
        dialer = dialer(reply.equals(SILENCE) ? SILENCE_MS : PATIENCE_MS);

        dialled().onComplete(context.succeeding(wire -> {
            int asked = sentinel.asked().size();
            dialled()
                    .onComplete(context.succeeding(again -> context.verify(() -> {
                        assertThat(again.endpoint()).isEqualTo(server.url());
                        assertThat(sentinel.asked()).hasSize(asked);
                        context.completeNow();
                    })));
        }));
    }

    @Test
    void a_sentinel_that_has_missed_a_failover_is_passed_over_and_asked_last_from_then_on(VertxTestContext context) {
        server.answers("ROLE", REPLICA);
        otherServer.answers("ROLE", MASTER);
        otherSentinel.answers(QUESTION, named(otherServer));

        dialer.dial()
                .compose(wire -> dialer.dial())
                .onComplete(context.succeeding(wire -> context.verify(() -> {
                    assertThat(wire.endpoint()).isEqualTo(otherServer.url());
                    assertThat(sentinel.asked()).containsExactly(QUESTION);
                    assertThat(server.asked()).containsExactly("ROLE");
                    context.completeNow();
                })));
    }

    @Test
    void a_sentinel_that_names_a_server_that_is_away_is_passed_over(VertxTestContext context) {
        server.goAway();
        otherServer.answers("ROLE", MASTER);
        otherSentinel.answers(QUESTION, named(otherServer));

        dialer.dial()
                .onComplete(context.succeeding(wire -> context.verify(() -> {
                    assertThat(wire.endpoint()).isEqualTo(otherServer.url());
                    context.completeNow();
                })));
    }

    @Test
    void a_server_that_all_sentinels_name_is_tried_once_per_dial(VertxTestContext context) {
        server.answers("ROLE", REPLICA);

        dialer.dial()
                .onComplete(context.failing(failure -> context.verify(() -> {
                    assertThat(otherSentinel.asked()).containsExactly(QUESTION);
                    assertThat(server.asked()).containsExactly("ROLE");
                    context.completeNow();
                })));
    }

    @Test
    void a_dial_succeeds_again_once_a_sentinel_is_back(VertxTestContext context) {
        sentinel.goAway();
        otherSentinel.goAway();

        dialer.dial().onComplete(context.failing(away -> {
            otherSentinel.comeBack();
            dialer.dial().onComplete(context.succeedingThenComplete());
        }));
    }

    @Test
    void a_sentinel_that_closes_the_connection_is_passed_over(VertxTestContext context) {
        sentinel.goAway();

        dialer.dial().onComplete(context.succeedingThenComplete());
    }

    @Test
    void the_failure_names_the_master_that_no_sentinel_knows(VertxTestContext context) {
        sentinel.answers(QUESTION, NULL);
        otherSentinel.answers(QUESTION, NULL);

        dialer.dial()
                .onComplete(context.failing(failure -> context.verify(() -> {
                    assertThat(failure).hasMessageContaining("\"main\"");
                    assertThat(server.asked()).isEmpty();
                    context.completeNow();
                })));
    }

    static Stream<Arguments> rolesOfNoMaster() {
        return Stream.of(
                arguments(REPLICA),
                arguments(list(bulk("sentinel"), list())),
                arguments(list(bulk("master"))),
                arguments(list()),
                arguments(NULL),
                arguments(error("LOADING Redis is loading the dataset in memory")));
    }

    @ParameterizedTest
    @MethodSource("rolesOfNoMaster")
    void a_named_server_that_does_not_say_that_it_is_a_master_is_left(String role, VertxTestContext context) {
        server.answers("ROLE", role);

        dialer.dial().onComplete(context.failing(failure -> server.whenDeserted()
                .onComplete(context.succeeding(left -> context.verify(() -> {
                    assertThat(server.asked()).as("no scripts").containsExactly("ROLE");
                    context.completeNow();
                })))));
    }

    @Test
    void a_dial_after_a_failover_ends_at_the_promoted_server(VertxTestContext context) {
        server.answers("ROLE", REPLICA);
        otherServer.answers("ROLE", MASTER);
        sentinel.answers(QUESTION, named(server), named(otherServer));

        dialer.dial()
                .recover(late -> dialer.dial())
                .onComplete(context.succeeding(wire -> context.verify(() -> {
                    assertThat(wire.endpoint()).isEqualTo(otherServer.url());
                    context.completeNow();
                })));
    }

    /** The connected server's role, the first sentinel's master with its role, and whether the connection holds. */
    static Stream<Arguments> later() {
        return Stream.of(
                arguments(MASTER, SAME, MASTER, true),
                arguments(MASTER, OTHER, MASTER, false),
                arguments(MASTER, OTHER, REPLICA, true), // the sentinel is stale
                arguments(REPLICA, SAME, REPLICA, false),
                arguments(NULL, SAME, REPLICA, false),
                arguments(error("ERR unknown command"), SAME, REPLICA, true));
    }

    @ParameterizedTest
    @MethodSource("later")
    void a_connection_holds_while_its_server_and_a_sentinel_that_is_up_to_date_agree(
            String role, boolean other, String roleOfOther, boolean holds, VertxTestContext context) {
        server.answers("ROLE", MASTER, role);
        otherServer.answers("ROLE", roleOfOther);
        sentinel.answers(QUESTION, named(server), named(other ? otherServer : server));

        dialer.dial()
                .compose(dialer::holds)
                .onComplete(context.succeeding(held -> context.verify(() -> {
                    assertThat(held).isEqualTo(holds);
                    context.completeNow();
                })));
    }

    @Test
    void a_connection_ends_if_its_sentinel_names_a_server_that_cannot_be_asked(VertxTestContext context) {
        otherServer.goAway();
        sentinel.answers(QUESTION, named(server), named(otherServer));

        dialer.dial()
                .compose(dialer::holds)
                .onComplete(context.succeeding(held -> context.verify(() -> {
                    assertThat(held).as("this side may be the isolated one").isFalse();
                    context.completeNow();
                })));
    }

    @Test
    void a_connection_holds_while_no_sentinel_answers(VertxTestContext context) {
        dialer.dial()
                .compose(wire -> {
                    sentinel.goAway();
                    otherSentinel.goAway();
                    return dialer.holds(wire);
                })
                .onComplete(context.succeeding(held -> context.verify(() -> {
                    assertThat(held).isTrue();
                    context.completeNow();
                })));
    }

    @Test
    void every_server_learned_of_is_published(VertxTestContext context) {
        server.answers(
                "ROLE",
                master(
                        list(bulk("192.0.2.7"), bulk("6380"), bulk("0")),
                        list(bulk("?"), bulk("6381"), bulk("0")),
                        list(bulk(""), bulk("6382"), bulk("0"))));
        Set<InetSocketAddress> sightings = ConcurrentHashMap.newKeySet();
        Set<InetSocketAddress> all = Set.of(
                InetSocketAddress.createUnresolved("127.0.0.1", sentinel.port()),
                InetSocketAddress.createUnresolved("127.0.0.1", server.port()),
                InetSocketAddress.createUnresolved("192.0.2.7", 6380));
        Bus.of(vertx)
                .listen(EventMessage.STORE_SERVERS, seen -> {
                    sightings.addAll(seen.servers());
                    if (sightings.containsAll(all)) {
                        context.verify(() -> assertThat(sightings)
                                .extracting(InetSocketAddress::getHostString)
                                .containsOnly("127.0.0.1", "192.0.2.7"));
                        context.completeNow();
                    }
                })
                .compose(listening -> dialer.dial())
                .onFailure(context::failNow);
    }
}
