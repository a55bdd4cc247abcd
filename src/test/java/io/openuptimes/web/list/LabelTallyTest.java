package io.openuptimes.web.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Labels with a distinct value per service use bounded memory. */
class LabelTallyTest {

    private final LabelTally labels = new LabelTally();

    @Test
    void aKeySaysWhetherItHasMoreValuesThanAreListed() {
        for (int i = 0; i < LabelTally.MAX_VALUES; i++) {
            labels.add(Map.of("host", "host-" + i));
        }
        labels.add(Map.of("host", "host-7", "team", "core"));
        assertThat(labels.keys()).extracting(ListPage.Label::more).containsExactly(false, false);

        labels.add(Map.of("host", "another"));

        assertThat(labels.keys()).extracting(ListPage.Label::key).containsExactly("host", "team");
        assertThat(labels.keys()).extracting(ListPage.Label::more).containsExactly(true, false);
        assertThat(labels.keys().get(0).values())
                .hasSize(LabelTally.MAX_VALUES)
                .isSorted()
                .doesNotContain("another");
        assertThat(labels.keys().get(1).values()).isEqualTo(List.of("core"));
    }

    @Test
    void moreKeysThanTheBoundAreLeftOut() {
        for (int i = 0; i < 2 * LabelTally.MAX_KEYS; i++) {
            labels.add(Map.of("key-" + i, "value"));
        }
        assertThat(labels.keys()).hasSize(LabelTally.MAX_KEYS);
    }
}
