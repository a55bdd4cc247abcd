package io.openuptimes.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeakSettingsTest {

    private static List<String> of(Map<String, String> environment) throws InvalidSettingsException {
        return WeakSettings.of(SettingsReader.read(new JsonObject(), environment));
    }

    @Test
    void a_short_api_key_is_weak_and_not_shown() throws Exception {
        String line = "access.apiKey (OPENUPTIMES_API_KEY) has fewer than 16 characters and could be guessed;"
                + " use a long random string";

        assertThat(of(Map.of("OPENUPTIMES_API_KEY", "S3CRET"))).containsExactly(line);
        assertThat(of(Map.of("OPENUPTIMES_API_KEY", "0123456789abcde"))).containsExactly(line);
        assertThat(of(Map.of("OPENUPTIMES_API_KEY", "S3CRET" + " ".repeat(16)))).containsExactly(line);
    }

    @Test
    void a_long_key_or_none_is_not() throws Exception {
        assertThat(of(Map.of())).isEmpty();
        assertThat(of(Map.of("OPENUPTIMES_API_KEY", "0123456789abcdef"))).isEmpty();
    }
}
