package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCommandsTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    private static List<String> keysNamed(CheckResult result) {
        List<String> args = ((RequestImpl) RecordCommands.recordInCluster(
                        List.of(new ResultWrite(
                                new Verdict(result, Rules.PLAIN, HealthState.UNCHECKED, true, false), 7, 1)),
                        0,
                        new EventCodec()))
                .getArgs().stream()
                        .map(arg -> new String(arg, StandardCharsets.UTF_8))
                        .toList();
        return args.subList(2, 2 + Integer.parseInt(args.get(1)));
    }

    @Test
    void a_call_in_a_cluster_names_every_key_that_it_cannot_do_without() {
        CheckResult result = new CheckResult(ID, 86_400_000L * 3, Outcome.UP, 200, 1, Phases.NONE, "");

        assertThat(keysNamed(result))
                .containsExactly(
                        Keys.status(Keys.partition(ID)),
                        Keys.fence(Keys.partition(ID)),
                        Keys.history(ID, 3),
                        Keys.rollup(ID),
                        Keys.states(ID, 0),
                        Keys.outbox(Keys.partition(ID)));
    }

    @Test
    void for_a_failure_also_where_the_server_is_noted() {
        CheckResult result = new CheckResult(ID, 86_400_000L * 3, Outcome.DNS, 0, 1, Phases.NONE, "no such host");

        assertThat(keysNamed(result)).hasSize(7).contains(Keys.peers(ID, 3));
    }
}
