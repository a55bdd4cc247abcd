package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Seed;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The parsers return a value or reject with a 4xx, for any request. */
class RequestParsersPropertyTest {

    private static final int TRIES = 500;

    @Provide
    Arbitrary<String> jsonLike() {
        Arbitrary<String> tokens = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"a\"",
                "\"",
                "\\u0000",
                "\\ud800",
                "1e2147483648",
                "-0",
                "1e-99999",
                "9".repeat(200),
                "true",
                "nul",
                " ",
                "\n",
                "\uFEFF",
                "é",
                "\"services\"",
                "\"name\"",
                "x".repeat(5_000));
        return tokens.list().ofMaxSize(60).map(list -> String.join("", list));
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void a_body_of_any_bytes_is_an_object_or_a_400(@ForAll byte[] bytes) {
        parsesOrRefuses(() -> JsonBody.parse(Buffer.buffer(bytes)));
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void a_body_that_looks_like_json_is_an_object_or_a_400(@ForAll("jsonLike") String text) {
        parsesOrRefuses(() -> JsonBody.parse(Buffer.buffer(text)));
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void entries_of_a_stream_are_values_or_a_400(@ForAll("jsonLike") String text, @ForAll boolean lines) {
        parsesOrRefuses(() -> {
            List<@Nullable Object> taken = new ArrayList<>();
            JsonEntries entries = new JsonEntries(lines, "services", taken::add);
            entries.feed(Buffer.buffer(text).getBytes());
            entries.end();
            return taken;
        });
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void the_pieces_of_a_stream_may_be_cut_anywhere(@ForAll("jsonLike") String given, @ForAll boolean lines) {
        String text = given.replace("\uFEFF", ""); // Jackson skips a BOM at the start of some chunks
        assertThat(entries(Buffer.buffer(text).getBytes(), 1, lines))
                .isEqualTo(entries(Buffer.buffer(text).getBytes(), Integer.MAX_VALUE, lines));
    }

    private static List<@Nullable Object> entries(byte[] bytes, int piece, boolean lines) {
        List<@Nullable Object> taken = new ArrayList<>();
        try {
            JsonEntries entries = new JsonEntries(lines, "services", taken::add);
            for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length)) {
                entries.feed(Buffer.buffer(bytes).getBytes(at, (int) Math.min(bytes.length, (long) at + piece)));
            }
            entries.end();
        } catch (ApiException refused) {
            taken.add("refused");
        }
        return taken;
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void a_query_is_read_or_a_400(@ForAll String raw) {
        parsesOrRefuses(() -> {
            Query query = Query.parse(raw + "&limit=" + raw + "&label=" + raw);
            query.whole("limit", 1, 0, 100);
            query.flag("dryRun");
            query.labels();
            return query.groups();
        });
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void an_accept_encoding_is_understood_or_not(@ForAll String header) {
        AcceptEncoding.takesGzip(header + ",gzip;" + header);
    }

    @Property(tries = TRIES, seed = Seed.FIXED)
    void a_field_is_a_text_or_a_400(@ForAll String name, @ForAll String value) {
        parsesOrRefuses(
                () -> Fields.of(Map.of("name", value, name, value), "name").optional("name", 1, 10));
    }

    private static <T> void parsesOrRefuses(Supplier<T> parser) {
        try {
            T unused = parser.get();
        } catch (ApiException refused) {
            assertThat(refused.status()).isBetween(400, 499);
            assertThat(String.valueOf(refused.getMessage()).length()).isLessThan(2_000);
        }
    }
}
