package io.openuptimes.store.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.bus.Failures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of one slot, with the test in place of the cluster. */
class SlotQueueTest {

    private static final int SLOT = 7;

    /** Each answer and each pause ends when the test says so. */
    private static final class HeldCluster implements SlotQueue.Cluster {

        /** Commands by name, with {@code @address} if redirected there. */
        final List<String> sent = new ArrayList<>();

        final List<Promise<Response>> answers = new ArrayList<>();
        final List<String> pauses = new ArrayList<>();
        final List<Promise<Void>> ready = new ArrayList<>();

        /** Errors that are there at once, by line sent; each is used once. */
        final Map<String, String> atOnce = new HashMap<>();

        @Override
        public Future<Response> send(int slot, Request command) {
            assertThat(slot).isEqualTo(SLOT);
            return held(name(command));
        }

        @Override
        public Future<Response> ask(String address, Request command) {
            return held(name(command) + "@" + address);
        }

        @Override
        public Future<Void> again(int slot, boolean moved, boolean wait) {
            pauses.add((moved ? "moved" : "same") + (wait ? ", later" : ", at once"));
            Promise<Void> promise = Promise.promise();
            ready.add(promise);
            return promise.future();
        }

        private Future<Response> held(String line) {
            sent.add(line);
            Promise<Response> answer = Promise.promise();
            answers.add(answer);
            String error = atOnce.remove(line);
            if (error != null) {
                answer.fail(ErrorType.create(error));
            }
            return answer.future();
        }

        void answer(int number) {
            answers.get(number).complete(SimpleStringType.create(sent.get(number)));
        }

        void fail(int number, String error) {
            answers.get(number).fail(ErrorType.create(error));
        }

        void resume() {
            ready.remove(0).complete();
        }

        private static String name(Request command) {
            return new String(((RequestImpl) command).getArgs().get(0), StandardCharsets.UTF_8);
        }
    }

    private final HeldCluster cluster = new HeldCluster();
    private final SlotQueue queue = new SlotQueue(SLOT, cluster);

    private Future<Response> send(String name) {
        return queue.send(Request.cmd(Command.GET).arg(name));
    }

    @Test
    void commands_do_not_wait_for_each_other() {
        Future<Response> first = send("a");
        Future<Response> second = send("b");

        assertThat(cluster.sent).containsExactly("a", "b");
        cluster.answer(1);
        assertThat(second.result()).hasToString("b");
        assertThat(first.isComplete()).isFalse();
    }

    static Stream<Arguments> redirections() {
        return Stream.of(
                arguments("MOVED 7 other:1", "moved, at once", "moved, later"),
                arguments("CLUSTERDOWN Hash slot not served", "moved, at once", "moved, later"),
                arguments("TRYAGAIN Multiple keys request during rehashing of slot", "same, later", "same, later"));
    }

    @ParameterizedTest
    @MethodSource("redirections")
    void a_redirected_command_is_sent_again_and_pauses_before_the_third_time(
            String error, String firstPause, String secondPause) {
        Future<Response> answer = send("a");

        cluster.fail(0, error);
        cluster.resume();
        cluster.fail(1, error);
        cluster.resume();
        cluster.answer(2);

        assertThat(cluster.pauses).containsExactly(firstPause, secondPause);
        assertThat(cluster.sent).containsExactly("a", "a", "a");
        assertThat(answer.result()).hasToString("a");
    }

    @Test
    void later_commands_wait_for_the_redirected_ones_and_follow_them_in_order() {
        List<Future<Response>> answers = new ArrayList<>(List.of(send("a"), send("b"), send("c")));

        cluster.fail(2, "MOVED 7 other:1");
        answers.add(send("d"));
        cluster.fail(0, "MOVED 7 other:1");
        assertThat(cluster.ready).as("while a command is in flight").isEmpty();
        cluster.answer(1);
        answers.add(send("e"));
        assertThat(cluster.sent).containsExactly("a", "b", "c");

        cluster.resume();

        assertThat(cluster.sent.subList(3, cluster.sent.size())).containsExactly("a", "c", "d", "e");
        for (int i = 3; i < 7; i++) {
            cluster.answer(i);
        }
        assertThat(answers).allMatch(Future::succeeded);
        assertThat(answers.stream().map(Future::result)).map(String::valueOf).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void one_moved_command_among_others_to_repeat_reloads_the_slots() {
        send("a");
        send("b");

        cluster.fail(0, "TRYAGAIN");
        cluster.fail(1, "MOVED 7 other:1");

        assertThat(cluster.pauses).containsExactly("moved, at once");
    }

    @Test
    void ask_redirects_one_command_and_leaves_the_slot_where_it_is() {
        Future<Response> first = send("a");
        cluster.fail(0, "ASK 7 other:1");
        send("b");

        assertThat(cluster.sent).containsExactly("a", "a@other:1", "b");
        assertThat(cluster.pauses).isEmpty();
        cluster.answer(1);
        assertThat(first.succeeded()).isTrue();
    }

    @Test
    void a_command_that_the_asked_node_redirects_starts_over() {
        Future<Response> answer = send("a");
        cluster.fail(0, "ASK 7 other:1");
        cluster.fail(1, "TRYAGAIN");
        cluster.resume();
        cluster.answer(2);

        assertThat(cluster.sent).containsExactly("a", "a@other:1", "a");
        assertThat(cluster.pauses).containsExactly("same, later");
        assertThat(answer.succeeded()).isTrue();
    }

    /** A node that is not connected yet is not asked, and the failure is there at once. */
    @Test
    void a_command_whose_ask_fails_at_once_resumes_the_slot_once() {
        Future<Response> answer = send("a");
        cluster.atOnce.put("a@other:1", "TRYAGAIN");
        cluster.fail(0, "ASK 7 other:1");

        assertThat(cluster.pauses).containsExactly("same, later");
        cluster.resume();
        cluster.fail(2, "TRYAGAIN");
        send("b");

        assertThat(cluster.sent).as("not before the pause is over").containsExactly("a", "a@other:1", "a");
        cluster.resume();
        assertThat(cluster.sent.subList(3, cluster.sent.size())).containsExactly("a", "b");
        cluster.answer(3);
        assertThat(answer.succeeded()).isTrue();
        assertThat(cluster.ready).isEmpty();
    }

    @Test
    void a_command_that_is_redirected_again_at_once_still_precedes_the_later_ones() {
        send("a");
        cluster.fail(0, "MOVED 7 other:1");
        send("b");
        cluster.atOnce.put("a", "MOVED 7 third:1");

        cluster.resume();
        assertThat(cluster.sent).containsExactly("a", "a");
        cluster.resume();

        assertThat(cluster.sent).containsExactly("a", "a", "a", "b");
        assertThat(cluster.pauses).containsExactly("moved, at once", "moved, later");
    }

    @Test
    void a_command_sent_on_an_answer_follows_those_that_waited() {
        send("a").onFailure(wrong -> send("d"));
        cluster.fail(0, "MOVED 7 other:1");
        send("b");
        send("c");
        cluster.atOnce.put("a", "WRONGTYPE Operation against a key");

        cluster.resume();

        assertThat(cluster.sent).containsExactly("a", "a", "b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRONGTYPE Operation against a key", "ERR value is not an integer"})
    void an_error_about_the_command_reaches_the_caller_and_holds_nobody_up(String error) {
        Future<Response> answer = send("a");
        cluster.fail(0, error);
        send("b");

        assertThat(answer.cause()).hasMessage(error);
        assertThat(cluster.sent).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOSCRIPT No matching script", "CONNECTION_CLOSED", "LOADING Redis is loading"})
    void an_error_about_the_server_counts_as_unreachable(String error) {
        Future<Response> answer = send("a");
        cluster.fail(0, error);

        assertThat(Failures.codeOf(answer.cause())).isEqualTo(Failures.STORE_UNREACHABLE);
        assertThat(cluster.pauses).isEmpty();
    }

    @Test
    void commands_are_refused_once_ten_thousand_wait() {
        send("a");
        send("b");
        cluster.fail(0, "TRYAGAIN"); // "b" is still in flight
        for (int i = 0; i < 10_000; i++) {
            assertThat(send("waits").isComplete()).isFalse();
        }

        Future<Response> refused = send("one too many");

        assertThat(Failures.codeOf(refused.cause())).isEqualTo(Failures.STORE_UNREACHABLE);
        assertThat(RedisErrors.isAnswer(refused.cause())).as("nothing was done").isTrue();
    }
}
