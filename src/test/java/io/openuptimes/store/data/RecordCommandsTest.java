package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCommandsTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    @Test
    void a_call_in_a_cluster_names_every_key_that_it_cannot_do_without() {
        CheckResult result = new CheckResult(ID, 86_400_000L * 3, Outcome.UP, 200, 1, Phases.NONE, "");

        List<String> args = ((RequestImpl)
                        RecordCommands.recordInCluster(List.of(new RecordCommands.Fenced(result, 7)), 0))
                .getArgs().stream()
                        .map(arg -> new String(arg, StandardCharsets.UTF_8))
                        .toList();

        assertThat(args.subList(1, 6))
                .containsExactly(
                        "4",
                        Keys.status(Keys.partition(ID)),
                        Keys.fence(Keys.partition(ID)),
                        Keys.history(ID, 3),
                        Keys.rollup(ID));
    }
}
