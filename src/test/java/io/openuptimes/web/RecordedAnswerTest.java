package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Reply;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedAnswerTest {

    private static JsonObject recorded(JsonObject body) {
        String before = body.encode();
        Kept kept = RecordedAnswer.of(new Reply(400, body, "tag"));
        assertThat(body.encode()).as("the answer itself").isEqualTo(before);
        assertThat(kept.status()).isEqualTo(400);
        assertThat(kept.tag()).isEqualTo("tag");
        assertThat(Json.encode(kept.body()).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(RecordedAnswer.MAX_BYTES - 200);
        return new JsonObject(kept.body());
    }

    private static JsonArray list(int entries, String entry) {
        return new JsonArray(Collections.nCopies(entries, entry));
    }

    @Test
    void isTheWholeAnswerIfThatIsSmall() {
        JsonObject body = Errors.body(400, "a").put("problems", list(100, "b")).put("total", 100);

        assertThat(recorded(body)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "ü", "😀", "\\", "\u0001"})
    void fillsMuchOfTheRoom(String text) {
        JsonObject body = Errors.body(400, "a")
                .put("problems", list(1_000, text.repeat(50)))
                .put("total", 5_000);

        JsonObject recorded = recorded(body);

        assertThat(recorded.encode().length()).isGreaterThan(RecordedAnswer.MAX_BYTES / 10);
        assertThat(recorded.getInteger("total")).isEqualTo(5_000);
        assertThat(recorded.getBoolean("truncated")).isTrue();
    }

    @Test
    void shortensOnlyLongLists() {
        JsonObject body = new JsonObject()
                .put("created", list(1_000, "x".repeat(100)))
                .put("deleted", list(5, "y"))
                .put("truncated", false);

        assertThat(recorded(body).getJsonArray("deleted")).isEqualTo(list(5, "y"));
    }

    @Test
    void listsWhoseFirstEntriesAreTooLongAreEmptyAndWarningsAbsent() {
        JsonObject body = new JsonObject()
                .put("created", list(3, "x".repeat(20_000)))
                .put("warnings", list(3, "x".repeat(20_000)));

        assertThat(recorded(body))
                .isEqualTo(new JsonObject().put("created", new JsonArray()).put("truncated", true));
    }

    @Test
    void keepsStatusMessageAndCountsOfWhateverElseIsTooLarge() {
        JsonObject counts = new JsonObject().put("created", 1);
        JsonObject body = Errors.body(400, "x".repeat(20_000))
                .put("counts", counts)
                .put("service", new JsonObject().put("url", "u".repeat(20_000)));

        assertThat(recorded(body))
                .isEqualTo(Errors.body(400, "x".repeat(1_000))
                        .put("counts", counts)
                        .put("truncated", true));
    }
}
