package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditCodecTest {

    private static AuditEntry entry(Map<String, Object> after) {
        return new AuditEntry(
                "", 1, "patchService", AuditActor.SESSION, "192.0.2.7", "Shop", Map.of(), after, Map.of(), false);
    }

    @Test
    void values_of_an_entry_that_is_too_long_are_left_out() {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            fields.put("field " + i, "x".repeat(200));
        }
        assertThat(AuditCodec.encode(entry(Map.of("interval", 30)))).contains("\"interval\":30");
        assertThat(AuditCodec.encode(entry(fields)))
                .hasSizeLessThan(AuditCodec.MAX_CHARACTERS)
                .contains("\"…\"");
    }
}
