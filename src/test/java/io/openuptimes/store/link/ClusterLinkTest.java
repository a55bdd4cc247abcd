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
import io.openuptimes.bus.Failures;
import io.openuptimes.testing.ScriptedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.Checkpoint;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A link to two scripted masters: the first has the lower half of the slots, the second the upper half. */
@ExtendWith(VertxExtension.class)
class ClusterLinkTest {

    private static final int HALF = SlotMap.SLOTS / 2;
    private static final String LOW = key(slot -> slot < HALF);
    /** In another slot of the lower half. */
    private static final String LOWER = key(slot -> slot < HALF && slot != SlotMap.ofKey(LOW));

    private static final String HIGH = key(slot -> slot >= HALF);
    private static final List<Request> SCRIPTS =
            List.of(Request.cmd(Command.SCRIPT).arg("LOAD").arg("return 1"));

    /** What the link has told its listener, in order. */
    private final class Heard implements Link.Listener {

        private Promise<Void> up = Promise.promise();
        private final Promise<Void> down = Promise.promise();

        @Override
        public void up() {
            heard.add("up");
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
            Stream.of(LOW, HIGH).filter(keys).forEach(key -> heard.add("serves " + key));
        }
    }

    private final List<String> heard = new ArrayList<>();
    private final Heard listener = new Heard();
    private Vertx vertx;
    private Context loop;
    private ScriptedRedis first;
    private ScriptedRedis second;
    private ClusterLink link;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        Bus.install(vertx);
        loop = vertx.getOrCreateContext();
        first = await(ScriptedRedis.start(vertx));
        second = await(ScriptedRedis.start(vertx));
        split(first, second);
    }

    private static String key(IntPredicate slots) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key" + i)
                .filter(key -> slots.test(SlotMap.ofKey(key)))
                .findFirst()
                .orElseThrow();
    }

    /** Both nodes say from now on that these are the masters of the lower and the upper half. */
    private void split(ScriptedRedis low, ScriptedRedis high, ScriptedRedis... replicasOfHigh) {
        String slots = list(range(0, HALF - 1, low), range(HALF, SlotMap.SLOTS - 1, high, replicasOfHigh));
        first.answers("CLUSTER SLOTS", slots);
        second.answers("CLUSTER SLOTS", slots);
    }

    private static String range(int from, int to, ScriptedRedis master, ScriptedRedis... replicas) {
        Stream<String> nodes = Stream.concat(Stream.of(master), Stream.of(replicas))
                .map(node -> list(bulk("127.0.0.1"), number(node.port()), bulk("id")));
        return list(Stream.concat(Stream.of(number(from), number(to)), nodes).toArray(String[]::new));
    }

    private void open(ScriptedRedis... seeds) {
        RedisOptions options = RedisClients.options(first.url(), null)
                .setType(RedisClientType.CLUSTER)
                .setEndpoints(Stream.of(seeds).map(ScriptedRedis::url).toList());
        link = new ClusterLink(vertx, "test", options, SCRIPTS, new OutageLog(System::nanoTime), listener);
        await(onLoop(() -> {
            link.open();
            return listener.up.future();
        }));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return done.future();
    }

    private Future<Response> get(String key) {
        return onLoop(() -> link.send(Request.cmd(Command.GET).arg(key)));
    }

    private Future<Response> set(String key, int value) {
        return onLoop(() -> link.send(Request.cmd(Command.SET).arg(key).arg(value)));
    }

    private static void isUnreachable(Throwable failure) {
        assertThat(Failures.codeOf(failure)).isEqualTo(Failures.STORE_UNREACHABLE);
    }

    @Test
    void is_up_when_every_master_is_connected_and_has_the_scripts() {
        open(first);

        assertThat(heard)
                .containsExactlyInAnyOrder("serves " + LOW, "serves " + HIGH, "up")
                .endsWith("up");
        assertThat(first.asked("SCRIPT LOAD")).hasSize(1);
        assertThat(second.asked()).startsWith("SCRIPT LOAD return 1"); // its slots may be asked for later
    }

    static Stream<Arguments> uselessNodes() {
        return Stream.of(
                arguments("HELLO", SILENCE),
                arguments("CLUSTER SLOTS", SILENCE),
                arguments("CLUSTER SLOTS", NULL),
                arguments("CLUSTER SLOTS", list()),
                arguments("CLUSTER SLOTS", list(list(number(0), number(1)))),
                arguments("CLUSTER SLOTS", error("ERR This instance has cluster support disabled")));
    }

    @ParameterizedTest
    @MethodSource("uselessNodes")
    void the_next_node_is_asked_for_the_slots_if_one_gives_no_usable_answer(String command, String reply) {
        ScriptedRedis useless = await(ScriptedRedis.start(vertx)).answers(command, reply);

        open(useless, second);

        assertThat(useless.asked("SCRIPT")).isEmpty();
        assertThat(second.asked("CLUSTER SLOTS")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TRYAGAIN Multiple keys request during rehashing of slot", "CLUSTERDOWN The cluster is down"})
    void a_command_that_its_master_cannot_run_yet_is_repeated_there(String error, VertxTestContext context) {
        first.answers("GET", error(error), bulk("value"));
        open(first);

        get(LOW).onComplete(context.succeeding(answer -> context.verify(() -> {
            assertThat(answer).hasToString("value");
            assertThat(first.asked("GET")).hasSize(2);
            assertThat(second.asked("GET")).isEmpty();
            context.completeNow();
        })));
    }

    @Test
    void a_command_follows_a_slot_that_has_moved(VertxTestContext context) {
        first.answers("GET", error("MOVED 1 " + second.address()));
        second.answers("GET", bulk("value"));
        open(first);
        split(second, first);

        get(LOW).onComplete(context.succeeding(moved -> {
            int redirected = first.asked("GET").size();
            get(LOW).onComplete(context.succeeding(answer -> context.verify(() -> {
                assertThat(List.of(moved, answer)).map(String::valueOf).containsOnly("value");
                assertThat(first.asked("GET")).as("the slots were reloaded").hasSize(redirected);
                assertThat(second.asked("GET")).hasSize(2);
                assertThat(second.asked("ASKING")).isEmpty();
                context.completeNow();
            })));
        }));
    }

    @Test
    void a_command_follows_a_slot_to_a_master_that_is_connected_for_it(VertxTestContext context) {
        ScriptedRedis third = await(ScriptedRedis.start(vertx)).answers("GET", bulk("value"));
        first.answers("GET", error("MOVED 1 " + third.address()));
        open(first);
        split(third, second);

        get(LOW).onComplete(context.succeeding(answer -> context.verify(() -> {
            assertThat(answer).hasToString("value");
            assertThat(third.asked()).containsExactly("SCRIPT LOAD return 1", "GET " + LOW);
            assertThat(heard).endsWith("serves " + LOW, "up");
            first.whenDeserted().onComplete(context.succeedingThenComplete());
        })));
    }

    @Test
    void commands_wait_in_order_for_a_master_that_is_being_connected(VertxTestContext context) {
        Promise<Void> gate = Promise.promise();
        ScriptedRedis third =
                await(ScriptedRedis.start(vertx)).holds("SCRIPT", gate.future()).answers("SET", ScriptedRedis.OK);
        first.answers("SET", error("MOVED 1 " + third.address()));
        open(first);
        split(third, second);

        Future<Response> redirected = set(LOW, 1);
        third.whenAsked("SCRIPT", 1)
                .compose(connecting -> {
                    Future<Response> later = set(LOW, 2);
                    gate.complete();
                    return Future.all(redirected, later);
                })
                .onComplete(context.succeeding(answers -> context.verify(() -> {
                    assertThat(third.asked("SET")).containsExactly("SET " + LOW + " 1", "SET " + LOW + " 2");
                    context.completeNow();
                })));
    }

    @Test
    void a_command_fails_if_its_slot_moved_to_a_master_that_cannot_be_reached(VertxTestContext context) {
        ScriptedRedis third = await(ScriptedRedis.start(vertx));
        third.goAway();
        first.answers("GET", error("MOVED 1 " + third.address()));
        second.answers("GET", bulk("value"));
        open(first);
        split(third, second);

        get(LOW).onComplete(context.failing(failure -> {
            context.verify(() -> isUnreachable(failure));
            get(HIGH).onComplete(context.succeedingThenComplete());
        }));
    }

    @Test
    void a_command_that_waits_follows_a_slot_that_another_command_found_moved(VertxTestContext context) {
        first.answers("GET " + LOW, error("TRYAGAIN Multiple keys request during rehashing of slot"))
                .answers("GET " + LOWER, error("MOVED 1 " + second.address()));
        second.answers("GET", bulk("value"));
        open(first);

        Future<Response> waiting = get(LOW);
        first.whenAsked("GET " + LOW, 1)
                .compose(refused -> {
                    split(second, second);
                    return Future.all(waiting, get(LOWER));
                })
                .onComplete(context.succeeding(answers -> context.verify(() -> {
                    assertThat(answers.<Object>list()).map(String::valueOf).containsOnly("value");
                    assertThat(heard).endsWith("serves " + LOW);
                    first.whenDeserted().onComplete(context.succeedingThenComplete());
                })));
    }

    @Test
    void ask_sends_one_command_to_the_named_node_after_asking(VertxTestContext context) {
        first.answers("GET", error("ASK 1 " + second.address()), bulk("still here"));
        second.answers("GET", bulk("gone ahead"));
        open(first);

        get(LOW).compose(ahead -> get(LOW).map(here -> List.of(ahead, here)))
                .onComplete(context.succeeding(answers -> context.verify(() -> {
                    assertThat(answers).map(String::valueOf).containsExactly("gone ahead", "still here");
                    assertThat(second.asked()).containsExactly("SCRIPT LOAD return 1", "ASKING", "GET " + LOW);
                    context.completeNow();
                })));
    }

    @Test
    void ask_connects_to_a_node_that_has_no_slots_yet(VertxTestContext context) {
        ScriptedRedis joining = await(ScriptedRedis.start(vertx)).answers("GET", bulk("gone ahead"));
        first.answers("GET", error("ASK 1 " + joining.address()));
        open(first);

        get(LOW).onComplete(context.succeeding(answer -> context.verify(() -> {
            assertThat(answer).hasToString("gone ahead");
            assertThat(joining.asked()).containsExactly("SCRIPT LOAD return 1", "ASKING", "GET " + LOW);
            context.completeNow();
        })));
    }

    @Test
    void while_one_master_is_away_the_others_still_serve(VertxTestContext context) {
        first.answers("GET", bulk("value"));
        open(first);
        Checkpoint refused = context.checkpoint();
        Checkpoint served = context.checkpoint();

        second.goAway();

        listener.down.future().onComplete(context.succeeding(down -> {
            get(HIGH)
                    .onComplete(context.failing(failure -> context.verify(() -> {
                        isUnreachable(failure);
                        refused.flag();
                    })));
            get(LOW).onComplete(context.succeeding(answer -> context.verify(() -> {
                assertThat(answer).hasToString("value");
                served.flag();
            })));
        }));
    }

    @Test
    void a_node_that_comes_back_with_other_slots_gets_the_commands_for_those(VertxTestContext context) {
        first.answers("GET", bulk("of the first"));
        second.answers("GET", bulk("of the second"));
        open(first);

        split(second, first);
        first.answers("GET " + LOW, error("MOVED 1 " + second.address()));
        second.answers("GET " + HIGH, error("MOVED 2 " + first.address()));
        second.goAway();

        listener.down
                .future()
                .compose(down -> {
                    second.comeBack();
                    return listener.up.future();
                })
                .compose(up -> Future.all(get(LOW), get(HIGH)))
                .onComplete(context.succeeding(answers -> context.verify(() -> {
                    assertThat(answers.<Object>list())
                            .map(String::valueOf)
                            .containsExactly("of the second", "of the first");
                    assertThat(second.asked("SCRIPT LOAD"))
                            .as("once per connection")
                            .hasSize(2);
                    assertThat(heard).containsSubsequence("up", "down", "up");
                    context.completeNow();
                })));
    }

    @Test
    void a_slot_taken_over_by_a_connected_master_is_announced_without_a_new_connection(VertxTestContext context) {
        second.answers("GET", bulk("value"));
        open(first);
        first.goAway();
        split(second, second);

        listener.down
                .future()
                .compose(down -> listener.up.future())
                .compose(up -> get(LOW))
                .onComplete(context.succeeding(answer -> context.verify(() -> {
                    assertThat(answer).hasToString("value");
                    assertThat(heard).endsWith("down", "serves " + LOW, "up");
                    assertThat(second.asked("SCRIPT LOAD")).hasSize(1);
                    context.completeNow();
                })));
    }

    private Future<List<Response>> batchOf(String... keys) {
        return onLoop(() -> link.batch(
                Stream.of(keys).map(key -> Request.cmd(Command.GET).arg(key)).toList()));
    }

    @Test
    void a_batch_that_spans_nodes_is_answered_in_its_own_order(VertxTestContext context) {
        first.answers("GET", bulk("low 1"), error("MOVED 1 " + second.address()), bulk("low 2"));
        second.answers("GET", bulk("high 1"), bulk("high 2"));
        open(first);

        batchOf(HIGH, LOW, LOW, HIGH)
                .onComplete(context.succeeding(answers -> context.verify(() -> {
                    assertThat(answers).map(String::valueOf).containsExactly("high 1", "low 1", "low 2", "high 2");
                    context.completeNow();
                })));
    }

    @Test
    void the_redirected_commands_of_a_batch_do_not_disturb_the_others(VertxTestContext context) {
        ScriptedRedis third = await(ScriptedRedis.start(vertx)).answers("GET", bulk("moved"));
        first.answers("GET " + LOW, error("MOVED 1 " + third.address()))
                .answers("GET " + LOWER, error("ASK 2 " + second.address()));
        second.answers("GET " + LOWER, bulk("gone ahead")).answers("GET " + HIGH, bulk("stayed"));
        open(first);
        split(third, second);
        third.answers("GET " + LOWER, error("ASK 2 " + second.address()));

        batchOf(LOW, HIGH, LOWER, LOW)
                .onComplete(context.succeeding(answers -> context.verify(() -> {
                    assertThat(answers).map(String::valueOf).containsExactly("moved", "stayed", "gone ahead", "moved");
                    assertThat(second.asked("GET " + HIGH)).hasSize(1);
                    assertThat(third.asked("GET " + LOW)).hasSize(2);
                    context.completeNow();
                })));
    }

    @Test
    void a_batch_fails_as_a_whole_after_every_node_has_answered(VertxTestContext context) {
        first.answers("GET", error("WRONGTYPE of another kind"));
        second.answers("GET", bulk("value"));
        open(first);

        batchOf(LOW, HIGH)
                .onComplete(context.failing(failure -> context.verify(() -> {
                    assertThat(failure).hasMessageContaining("WRONGTYPE");
                    assertThat(second.asked("GET")).hasSize(1);
                    context.completeNow();
                })));
    }

    @Test
    void a_command_without_a_key_goes_to_every_master(VertxTestContext context) {
        first.answers("PING", bulk("PONG"));
        second.answers("PING", bulk("PONG"), error("ERR no"));
        open(first);

        onLoop(() -> link.send(Request.cmd(Command.PING)))
                .onComplete(context.succeeding(answer -> onLoop(() -> link.send(Request.cmd(Command.PING)))
                        .onComplete(context.failing(failure -> context.verify(() -> {
                            assertThat(answer).hasToString("PONG");
                            assertThat(first.asked("PING")).hasSize(2);
                            assertThat(failure).hasMessageContaining("ERR no");
                            context.completeNow();
                        })))));
    }

    @Test
    void writes_are_confirmed_by_the_replicas_of_the_masters_that_got_them(VertxTestContext context) {
        first.answers("SET", ScriptedRedis.OK);
        second.answers("SET", ScriptedRedis.OK).answers("WAIT", number(0), number(1));
        split(first, second, first);
        open(first);

        onLoop(() -> link.send(Request.cmd(Command.SET).arg(HIGH).arg("value")).compose(written -> link.confirm()))
                .onComplete(context.succeeding(confirmed -> context.verify(() -> {
                    assertThat(second.asked("WAIT")).containsExactly("WAIT 1 100", "WAIT 1 100");
                    assertThat(first.asked("WAIT")).isEmpty();
                    context.completeNow();
                })));
    }

    @Test
    void a_write_to_a_master_that_was_lost_is_reported_as_unconfirmed_once(VertxTestContext context) {
        second.answers("SET", ScriptedRedis.OK);
        open(first);

        onLoop(() -> link.send(Request.cmd(Command.SET).arg(HIGH).arg("value")))
                .compose(written -> {
                    second.goAway();
                    return listener.down.future();
                })
                .compose(down -> onLoop(link::confirm))
                .onComplete(context.failing(failure -> {
                    context.verify(() -> isUnreachable(failure));
                    onLoop(link::confirm).onComplete(context.succeedingThenComplete());
                }));
    }
}
