package io.openuptimes.web.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LineFormatTest {

    private static final HistoryEntry UP = new HistoryEntry(1_627_987_654_000L, Outcome.UP, 123, 200, "");

    private static String line(LineFormat format, HistoryEntry entry) {
        StringBuilder line = new StringBuilder();
        format.add(line, entry);
        return line.toString();
    }

    private static HistoryEntry down(String text) {
        return new HistoryEntry(1_627_987_654_321L, Outcome.TIMEOUT, 10_000, 0, text);
    }

    @Test
    void csvHasAHeaderLineAndOneForEachCheck() {
        Csv csv = new Csv(false);

        assertThat(csv.head()).isEqualTo("timestamp,time,status,responseTime,statusCode,error,text,attempts\r\n");
        assertThat(line(csv, UP)).isEqualTo("1627987654000,2021-08-03T10:47:34.000Z,up,123,200,,,1\r\n");
        assertThat(line(csv, down("no answer")))
                .isEqualTo("1627987654321,2021-08-03T10:47:34.321Z,down,10000,,timeout,no answer,1\r\n");
    }

    static Stream<Arguments> cells() {
        return Stream.of(
                arguments("no answer", "no answer"),
                arguments("a,b", "\"a,b\""),
                arguments("say \"no\"", "\"say \"\"no\"\"\""),
                arguments("a\nb", "\"a\nb\""),
                arguments("a\rb", "\"a\rb\""),
                arguments("=1+1", "'=1+1"),
                arguments("+1", "'+1"),
                arguments("-1", "'-1"),
                arguments("@SUM(A1)", "'@SUM(A1)"),
                arguments("\tx", "'\tx"),
                arguments("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
                arguments("a=b", "a=b"),
                arguments("", ""));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void csvTextIsQuotedWhereItMustAndNeverAFormula(String text, String cell) {
        assertThat(line(new Csv(false), down(text))).endsWith(",timeout," + cell + ",1\r\n");
    }

    @Test
    void ndjsonHasTheObjectsOfTheJsonAnswer() {
        assertThat(line(new Ndjson(false), UP))
                .isEqualTo("{\"timestamp\":1627987654000,\"status\":\"up\",\"responseTime\":123,\"statusCode\":200}\n");
        String failure = line(new Ndjson(false), down("a \"b\"\n\u0001 é 😀"));
        assertThat(failure).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(new JsonObject(failure))
                .isEqualTo(new JsonObject()
                        .put("timestamp", 1_627_987_654_321L)
                        .put("status", "down")
                        .put("responseTime", 10_000)
                        .putNull("statusCode")
                        .put("error", new JsonObject().put("class", "timeout").put("text", "a \"b\"\n\u0001 é 😀")));
    }

    @Test
    void callersWithAKeyAreToldWhichServerAFailureReached() {
        HistoryEntry failure = new HistoryEntry(
                1_627_987_654_321L,
                Outcome.TIMEOUT,
                10_000,
                0,
                "no answer",
                new Peer("[2001:db8::1]:443", null, "TLSv1.3", null));

        assertThat(new Csv(true).head())
                .isEqualTo(
                        "timestamp,time,status,responseTime,statusCode,error,text,address,protocol,tlsVersion,attempts\r\n");
        assertThat(line(new Csv(true), failure)).endsWith(",timeout,no answer,[2001:db8::1]:443,,TLSv1.3,1\r\n");
        assertThat(line(new Csv(true), down("no answer"))).endsWith(",timeout,no answer,,,,1\r\n");
        assertThat(line(new Csv(true), UP)).endsWith(",200,,,,,,1\r\n");
        assertThat(line(new Csv(false), failure)).endsWith(",timeout,no answer,1\r\n");
        assertThat(new JsonObject(line(new Ndjson(true), failure)).getMap())
                .containsEntry("address", "[2001:db8::1]:443")
                .containsEntry("protocol", null)
                .containsEntry("tlsVersion", "TLSv1.3");
        assertThat(new JsonObject(line(new Ndjson(true), down("no answer"))).getMap())
                .containsEntry("address", null)
                .containsEntry("tlsVersion", null);
        assertThat(line(new Ndjson(true), UP)).isEqualTo(line(new Ndjson(false), UP));
        assertThat(line(new Ndjson(false), failure)).doesNotContain("2001", "address", "TLS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Shop            | Shop-history.csv          | Shop-history.csv
            Shop / EU       | Shop - EU-history.csv     | Shop%20-%20EU-history.csv
            ../etc/"x";\\n  | etc-x-n-history.csv       | etc-x-n-history.csv
            Bücher          | B-cher-history.csv        | B%C3%BCcher-history.csv
            ..              | service-history.csv       | service-history.csv
            日本            | service-history.csv       | %E6%97%A5%E6%9C%AC-history.csv
            """)
    void theFileIsCalledAsTheService(String name, String plain, String encoded) {
        assertThat(FileName.attachment(name, "-history.csv"))
                .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }

    @Test
    void aFileNameIsNoLongerThanFileSystemsTake() {
        assertThat(FileName.attachment("😀x".repeat(100), ".csv"))
                .contains("filename=\"x-x")
                .hasSizeLessThan(600);
        assertThat(FileName.attachment("x".repeat(200), ".csv")).contains("=\"" + "x".repeat(80) + ".csv\"");
    }
}
