package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {

    private static long at(String text) {
        return StoredJson.read(text, json -> {
            long at = json.getLong("at", 7L);
            return at;
        });
    }

    @Test
    void membersAreRead() {
        assertThat(at("{\"at\":5,\"more\":{}}")).isEqualTo(5);
        assertThat(at("{}")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "5", "{", "{\"at\":null}", "{\"at\":\"five\"}", "{\"at\":{}}"})
    void anythingElseIsToldWithoutItsText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> at(text)).withMessageNotContaining("five");
    }
}
