package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a JSON body are enforced while parsing. */
class JsonBoundsTest {

    private static final int PIECE = 64 * 1024;

    private final List<@Nullable Object> entries = new ArrayList<>();

    /** Feeds an endless body; returns how much was consumed before it was rejected. */
    private long takenOf(String begin, String repeated) {
        JsonEntries json = new JsonEntries(false, "services", entries::add);
        json.feed(begin.getBytes(StandardCharsets.UTF_8));
        byte[] piece = repeated.repeat(PIECE / repeated.length()).getBytes(StandardCharsets.UTF_8);
        long taken = 0;
        try {
            while (taken < 64 * 1024 * 1024) {
                json.feed(piece.clone());
                taken += piece.length;
            }
        } catch (ApiException e) {
            assertThat(e.status()).isEqualTo(400);
            return taken;
        }
        throw new AssertionError("never refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [                  | `[`
            [{"a":             | `[`
            [                  | `{"a":`
            [{"a":[            | `[],`
            [{"a":[            | `{},`
            [{"a":[            | `1,`
            [{"a":[            | `"",`
            [[                 | `null,`
            [{"a":"            | `xxxxxxxx`
            ["                 | `xxxxxxxx`
            [{"                | `xxxxxxxx`
            [{"a":[            | `          `
            [{"a":             | `9`
            {"                 | `xxxxxxxx`
            """)
    void anEntryWithoutEndIsRefusedWithinAFewPieces(String begin, String repeated) {
        assertThat(takenOf(begin, repeated)).isLessThanOrEqualTo(JsonBody.MAX_BYTES + 2 * PIECE);
        assertThat(entries).isEmpty();
    }

    @Test
    void anEntryHasSoManyMembersInAll() {
        StringBuilder object = new StringBuilder("{\"list\":[0");
        object.append(",0".repeat(900)).append("]");
        for (int i = 0; i < 98; i++) {
            object.append(",\"f").append(i).append("\":0");
        }
        String most = object + "}"; // list, 901 elements, 98 fields
        JsonEntries json = new JsonEntries(false, "services", entries::add);
        json.feed(("[" + most + "," + most).getBytes(StandardCharsets.UTF_8));
        assertThat(entries).hasSize(2);

        byte[] more = ("," + object + ",\"more\":0}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> json.feed(more))
                .isInstanceOf(ApiException.class)
                .hasMessage("services[2]: must have at most 1000 members in all");
        assertThat(JsonBody.parse(Buffer.buffer(most))).hasSize(99);
        assertThatThrownBy(() -> JsonBody.parse(Buffer.buffer(object + ",\"more\":0}")))
                .isInstanceOf(ApiException.class)
                .hasMessage("body: must have at most 1000 members in all");
    }

    @Test
    void anEntryHasSoManyBytes() {
        JsonEntries json = new JsonEntries(true, "services", entries::add);
        String fits = "{\"a\":\"" + "x".repeat(JsonBody.MAX_BYTES / 2) + "\"}";
        json.feed((fits + "\n" + fits + "\n" + fits).getBytes(StandardCharsets.UTF_8));
        assertThat(entries).hasSize(3);

        String spaced = "{\"a\": " + " ".repeat(JsonBody.MAX_BYTES) + "1}";
        assertThatThrownBy(() -> json.feed(spaced.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ApiException.class)
                .hasMessage("services[3]: must be at most 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "1e2147483648",
        "1e2147483647",
        "1e-2147483648",
        "0e99999999999999999999",
        "1E+100000",
        "1e1001",
        "1e-1001",
        "-0.5e00000001001"
    })
    void aNumberThatNothingCanBeIsRefusedWhereItStands(String number) {
        String object = "{\"a\": " + number + "}";
        assertThatThrownBy(() -> JsonBody.parse(Buffer.buffer(object)))
                .isInstanceOf(ApiException.class)
                .hasMessage("body: contains a number out of range (line 1, column 7)");
        JsonEntries json = new JsonEntries(true, "services", entries::add);
        assertThatThrownBy(() -> json.feed(object.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("body: contains a number out of range (line 1, column ");
    }

    @ParameterizedTest
    @CsvSource({"1e1000", "1e-1000", "-1.5E+10", "1e0000000000000000003", "0e-0", "1e-400"})
    void otherNumbersAreTakenAsTheyAre(String number) {
        assertThat(JsonBody.parse(Buffer.buffer("{\"a\": " + number + "}")))
                .isEqualTo(Map.of("a", new java.math.BigDecimal(number)));
    }
}
