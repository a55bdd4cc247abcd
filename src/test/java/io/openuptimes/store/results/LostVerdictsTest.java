package io.openuptimes.store.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.openuptimes.testing.Replies;
import io.openuptimes.web.Samples;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostVerdictsTest {

    private static final long NOW = 1_700_000_000_000L;

    private final List<Correction> corrections = new ArrayList<>();
    private final List<List<Request>> reads = new ArrayList<>();
    private final List<Promise<List<Response>>> answers = new ArrayList<>();
    private boolean up = true;
    private final LostVerdicts lost = new LostVerdicts(link(), written -> corrections.addAll(written.corrected));

    private Link link() {
        return (Link) Proxy.newProxyInstance(
                Link.class.getClassLoader(),
                new Class<?>[] {Link.class},
                (link, method, given) -> method.getName().equals("isUp") ? up : batch((List<?>) given[0]));
    }

    private Future<List<Response>> batch(List<?> commands) {
        reads.add(commands.stream().map(Request.class::cast).toList());
        Promise<List<Response>> answer = Promise.promise();
        answers.add(answer);
        return answer.future();
    }

    private void answer(Response... statuses) {
        answers.get(answers.size() - 1).complete(Arrays.asList(statuses));
    }

    private static Response stored(ServiceStatus status) {
        return Replies.bulk(StatusCodec.encode(status).getBytes(StandardCharsets.UTF_8));
    }

    private void lose(String id, long at, boolean announced) {
        CheckResult result = new CheckResult(id, at, Outcome.CONNECT, 0, 5, Phases.NONE, "refused");
        lost.add(new Verdict(result, Rules.PLAIN, HealthState.UNCHECKED, true, announced));
    }

    @Test
    void the_stored_status_replaces_the_last_verdict_lost() {
        lose("a", NOW, true);
        lose("a", NOW + 1, true);
        lost.correct();
        answer(stored(Samples.up("a", NOW - 1)));

        assertThat(corrections).containsExactly(new Correction(Samples.up("a", NOW - 1), NOW + 1));
        lost.correct();
        assertThat(reads).hasSize(1);
    }

    @Test
    void a_service_without_a_stored_status_is_unchecked_again() {
        lose("a", NOW, true);
        lost.correct();
        answer((Response) null);

        assertThat(corrections).containsExactly(new Correction(ServiceStatus.unchecked("a"), NOW));
    }

    @Test
    void verdicts_that_no_board_shows_need_no_correction() {
        lose("a", NOW, false);
        lost.correct();

        assertThat(reads).isEmpty();
    }

    @Test
    void they_wait_for_redis() {
        up = false;
        lose("a", NOW, true);
        lost.correct();
        assertThat(reads).isEmpty();

        up = true;
        lost.correct();
        assertThat(reads).hasSize(1);
    }

    @Test
    void after_a_failure_they_are_read_again_on_the_next_occasion() {
        lose("a", NOW, true);
        lost.correct();
        lost.correct();
        assertThat(reads).hasSize(1);
        lose("a", NOW + 1, true);
        answers.get(0).fail("away");
        assertThat(reads).hasSize(1);

        lost.correct();
        answer(stored(Samples.up("a", NOW - 1)));

        assertThat(corrections).extracting(Correction::judgedAt).containsExactly(NOW + 1);
    }

    @Test
    void an_unreadable_status_hides_no_other() {
        lose("a", NOW, true);
        lose("b", NOW, true);
        lost.correct();
        answer(Replies.bulk(new byte[] {1, 2, 3}), stored(Samples.up("b", NOW - 1)));

        assertThat(corrections).containsExactly(new Correction(Samples.up("b", NOW - 1), NOW));
    }

    @Test
    void many_are_read_in_parts() {
        for (int i = 0; i < 1_500; i++) {
            lose("s" + i, NOW, true);
        }
        lost.correct();
        assertThat(reads.get(0)).hasSize(1_000);
        answer(new Response[1_000]);
        assertThat(reads.get(1)).hasSize(500);
        answer(new Response[500]);

        assertThat(corrections).hasSize(1_500);
    }
}
