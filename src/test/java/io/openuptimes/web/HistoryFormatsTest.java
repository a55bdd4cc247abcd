package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The history in each requested format. {@link HistoryTest} covers what they have in common. */
class HistoryFormatsTest {

    private static final String NDJSON = "application/x-ndjson";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static Answer get(String path, String accept) {
        return api.get(path, "Accept", accept);
    }

    /** Three failures with successful checks before and after. */
    private static JsonArray checked(String name) throws Exception {
        api.create(name, api.url(200));
        eventually(() -> assertThat(
                        api.get("/api/history?service=" + encoded(name)).json().getJsonArray("history"))
                .isNotEmpty());
        for (int status : List.of(200, 500, 500, 500, 200)) {
            String body = new JsonObject().put("url", api.url(status)).encode();
            assertThat(api.call("PATCH", "/api/services?name=" + encoded(name), body)
                            .status())
                    .isEqualTo(200);
            assertThat(api.getWithKey("/api/ping?service=" + encoded(name)).status())
                    .isEqualTo(200);
        }
        return api.get("/api/history?service=" + encoded(name)).json().getJsonArray("history");
    }

    private static List<JsonObject> objects(Answer ndjson) {
        assertThat(ndjson.status()).as(ndjson.text()).isEqualTo(200);
        return ndjson.text().lines().map(JsonObject::new).toList();
    }

    @Test
    void ndjsonHasTheSameObjectsInTheSameOrder() throws Exception {
        JsonArray history = checked("a");

        Answer answer = get("/api/history/a", NDJSON);

        assertThat(answer.header("Content-Type")).isEqualTo(NDJSON);
        assertThat(answer.header("Vary")).startsWith("Accept");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(new JsonArray(objects(answer))).isEqualTo(history);
        assertThat(get("/api/history?service=a", NDJSON).text()).isEqualTo(answer.text());
    }

    @Test
    void csvHasARowForEach() throws Exception {
        JsonArray history = checked("Shop / EU");

        Answer answer = get("/api/history?service=" + encoded("Shop / EU"), "text/csv");

        assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(answer.header("Vary")).startsWith("Accept");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"Shop - EU-history.csv\";"
                        + " filename*=UTF-8''Shop%20-%20EU-history.csv");
        String[] rows = answer.text().split("\r\n", -1);
        assertThat(rows)
                .hasSize(history.size() + 2)
                .startsWith("timestamp,time,status,responseTime,statusCode,error,text,attempts");
        assertThat(rows[rows.length - 1]).isEmpty();
        for (int i = 0; i < history.size(); i++) {
            JsonObject entry = history.getJsonObject(i);
            assertThat(rows[i + 1].split(",", -1))
                    .startsWith(entry.getLong("timestamp").toString())
                    .contains(
                            entry.getString("status"),
                            entry.getInteger("statusCode").toString());
        }
    }

    @Test
    void allThatNarrowsTheJsonNarrowsTheLines() throws Exception {
        JsonArray history = checked("a");
        long second = history.getJsonObject(1).getLong("timestamp");
        String cursor = api.get("/api/history/a?limit=2").json().getString("cursor");

        assertThat(objects(get("/api/history/a?status=down", NDJSON)))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(entry -> assertThat(entry.getString("status")).isEqualTo("down"));
        assertThat(objects(get("/api/history/a?error=timeout", NDJSON))).isEmpty();
        assertThat(get("/api/history/a?error=timeout", "text/csv").text())
                .endsWith(",attempts\r\n")
                .hasLineCount(1);
        assertThat(objects(get("/api/history/a?from=" + second, NDJSON))).hasSize(2);
        assertThat(objects(get("/api/history/a?to=" + second, NDJSON)))
                .hasSize(history.size() - 1)
                .first()
                .isEqualTo(history.getJsonObject(1));
        assertThat(objects(get("/api/history/a?limit=1", NDJSON))).hasSize(1);
        assertThat(objects(get("/api/history/a?limit=20000", NDJSON))).hasSize(history.size());
        assertThat(objects(get("/api/history/a?cursor=" + cursor, NDJSON)))
                .hasSize(history.size() - 2)
                .first()
                .isEqualTo(history.getJsonObject(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html, */*;q=0.1", "text/csv;q=0.5, application/json"})
    void jsonIsMeantUnlessSomethingElseIsNamed(String accept) throws Exception {
        checked("a");

        Answer answer = get("/api/history/a", accept);

        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("Vary")).startsWith("Accept");
        JsonObject usual = api.get("/api/history/a").json();
        assertThat(answer.json().getJsonArray("history")).isEqualTo(usual.getJsonArray("history"));
        assertThat(answer.json().fieldNames()).isEqualTo(usual.fieldNames());
    }

    @Test
    void whatThereIsNotIsRefused() {
        api.create("a", api.url(200));

        Answer answer = get("/api/history/a", "text/html, application/xml");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.message())
                .isEqualTo(
                        "Accept: none of these types is available; available: application/json, application/x-ndjson,"
                                + " text/csv");
        assertThat(answer.header("Vary")).startsWith("Accept");
        assertThat(get("/api/history/nobody", "text/html").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit: must be a whole number from 1",
        "from=2&to=1, from: must not be later than to",
        "status=unknown, status: must be up or down",
        "cursor=x, cursor: is not valid; use the one from the previous page"
    })
    void errorsAreJsonWhateverIsTaken(String query, String message) {
        api.create("a", api.url(200));

        Answer answer = get("/api/history/a?" + query, "text/csv");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Content-Disposition")).isNull();
    }

    @Test
    void whatIsHiddenStaysSo() {
        api.create(new JsonObject().put("name", "h").put("url", api.url(200)).put("visible", false));

        assertThat(get("/api/history/h", "text/csv").text())
                .isEqualTo(get("/api/history/nobody", "text/csv").text())
                .isEqualTo("{\"error\":true,\"message\":\"Service not found\",\"status\":404}");
    }

    @Test
    void headSaysWhatGetWouldSay() {
        api.create("a", api.url(200));

        Answer answer = api.send("HEAD", "/api/history/a", null, "Accept", "text/csv");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("Content-Disposition")).contains("a-history.csv");
    }
}
