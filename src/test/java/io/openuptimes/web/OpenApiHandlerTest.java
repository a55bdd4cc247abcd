package io.openuptimes.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

class OpenApiHandlerTest {

    @Test
    void yamlBecomesJson() {
        assertThat(OpenApiHandler.toJson("a: {b: [1, x]}\nc:\n"))
                .isEqualTo(new JsonObject("{\"a\": {\"b\": [1, \"x\"]}, \"c\": null}"));
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> OpenApiHandler.toJson("a:\n  Limit: 1\n  Cursor: 2\n  Limit: 3\n"))
                .isInstanceOf(YamlEngineException.class)
                .hasMessageContaining("duplicate key Limit");
    }

    /** Generators put descriptions into block comments, which these characters would end. */
    @Test
    void noDescriptionEndsACommentInGeneratedCode() throws IOException {
        try (InputStream in = OpenApiHandler.class.getResourceAsStream("/openapi.yaml")) {
            assertThat(new String(requireNonNull(in).readAllBytes(), UTF_8)).doesNotContain("*/");
        }
    }
}
