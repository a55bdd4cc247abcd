package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiKeyCodecTest {

    private static final String OLD =
            "{\"name\":\"ci\",\"scope\":\"write\",\"prefix\":\"ou_id1\",\"hash\":\"00\",\"createdAt\":7}";

    private static ApiKey key(KeyLimits limits) {
        return new ApiKey("id1", "ci", Scope.WRITE, limits, "ou_id1", "00", 7, 9);
    }

    @Test
    void aKeyOfAnEarlierVersionHasNoLimits() {
        assertThat(ApiKeyCodec.decode("id1", OLD, 9)).isEqualTo(key(KeyLimits.NONE));
    }

    @Test
    void aKeyWithoutLimitsIsWrittenAsEarlierVersionsDid() {
        assertThat(ApiKeyCodec.encode(key(KeyLimits.NONE))).isEqualTo(OLD);
    }

    @Test
    void limitsComeBack() throws Exception {
        KeyLimits limits = new KeyLimits(LabelSelector.parse("s", List.of("a=b,c", "!d", "e!=", "f")), 8, 3);
        assertThat(ApiKeyCodec.decode("id1", ApiKeyCodec.encode(key(limits)), 9))
                .isEqualTo(key(limits));
    }

    @Test
    void unknownMembersAreIgnored() {
        assertThat(ApiKeyCodec.decode("id1", OLD.replace("}", ",\"later\":{\"a\":1}}"), 9))
                .isEqualTo(key(KeyLimits.NONE));
    }

    @Test
    void aSelectorThatCannotBeReadMatchesNothing() {
        LabelSelector selector = ApiKeyCodec.decode("id1", OLD.replace("}", ",\"selector\":[\"team in (a, b)\"]}"), 9)
                .limits()
                .selector();
        assertThat(selector.isAll()).isFalse();
        assertThat(selector.matches(Map.of())).isFalse();
        assertThat(selector.matches(Map.of("team", "a", "none", "x"))).isFalse();
    }
}
