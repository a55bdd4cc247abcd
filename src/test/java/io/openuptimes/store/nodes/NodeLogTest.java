package io.openuptimes.store.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeLogTest {

    private static final long NOW = 1_700_000_000_000L;

    private final NodeLog nodes = new NodeLog("own");
    private final LogCapture log = LogCapture.of(NodeLog.class);

    @AfterEach
    void stop() {
        log.close();
    }

    private static Sync.Seen node(String id, long ago, boolean live) {
        return new Sync.Seen(id, NOW - ago, live, live ? 128 : 0, "{\"name\":\"" + id + "\",\"location\":\"eu\"}");
    }

    private void answered(int gained, Sync.Seen... others) {
        List<Sync.Seen> all = new ArrayList<>(List.of(others));
        all.add(node("own", 0, true));
        nodes.answered(new Sync.Answer(NOW, "g", List.of(), 0, 0, false, 0, all), gained);
    }

    @Test
    void what_is_there_at_the_start_is_not_logged() {
        answered(0, node("b", 0, true), node("c", 60_000, false));
        answered(0, node("b", 0, true), node("c", 60_000, false));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_lost_node_has_one_line_that_says_who_takes_over_and_what_to_do() {
        answered(0, node("b", 0, true), node("c", 0, true));
        answered(64, node("b", 0, true), node("c", 7_200, false));
        answered(0, node("b", 0, true), node("c", 9_200, false));
        assertThat(log.lines())
                .containsExactly(
                        "node c (c, at eu) is lost: last heard of 7 s ago. The 2 live nodes share its partitions,"
                                + " this one has 64 more now. Unless it was stopped on purpose, check that its process runs and"
                                + " reaches Redis");
    }

    @Test
    void nodes_that_join_stop_or_are_back_have_a_line_each() {
        answered(0);
        answered(0, node("b", 0, true));
        answered(0, node("b", 7_000, false));
        answered(0, node("b", 0, true));
        answered(0);
        assertThat(log.lines()).hasSize(4);
        assertThat(log.lines().get(0)).isEqualTo("node b (b, at eu) has joined; live nodes: 2");
        assertThat(log.lines().get(1)).startsWith("node b (b, at eu) is lost");
        assertThat(log.lines().get(2)).isEqualTo("node b (b, at eu) is back after 7 s; live nodes: 2");
        assertThat(log.lines().get(3)).isEqualTo("node b (b, at eu) has stopped; live nodes: 1");
    }

    @Test
    void a_node_that_was_lost_and_is_forgotten_has_no_second_line() {
        answered(0, node("b", 0, true));
        answered(0, node("b", 7_000, false));
        answered(0);
        assertThat(log.lines()).hasSize(1);
    }
}
