package io.openuptimes.web.events;

import static io.openuptimes.web.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Event;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.openuptimes.web.access.Sight;
import org.junit.jupiter.api.Test;

/** An outage of a node's own network is told to callers that see all services, and to nobody else. */
class NodeItemTest {

    private static EventItem item(NodeOutage outage) {
        return EventItem.node(new Event.NodeTurned(event(1), "run", "berlin \"1\"", outage));
    }

    @Test
    void its_beginning_and_its_end_name_the_node_the_reason_and_the_times() {
        assertThat(item(new NodeOutage(Outcome.EGRESS, 1_000, null)).text(Sight.EVERYTHING))
                .isEqualTo(
                        "event: node\ndata: {\"node\":{\"id\":\"run\",\"name\":\"berlin \\\"1\\\"\"},\"works\":false,"
                                + "\"reason\":\"egress\",\"beganAt\":1000,\"endedAt\":null}\n");
        assertThat(item(new NodeOutage(Outcome.RESOLVER, 1_000, 2_000L)).text(Sight.EVERYTHING))
                .contains("\"works\":true,\"reason\":\"resolver\",\"beganAt\":1000,\"endedAt\":2000}");
    }

    @Test
    void the_public_and_keys_limited_by_labels_do_not_learn_of_it() throws Exception {
        EventItem item = item(new NodeOutage(Outcome.EGRESS, 1_000, null));

        assertThat(item.isFor(Sight.PUBLIC)).isFalse();
        assertThat(item.isFor(new Sight(true, LabelSelector.parse("labels", "team=core"))))
                .isFalse();
    }
}
