package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseTimesTest {

    private static final long DAY = 86_400_000;

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonObject ask(String query) {
        Answer answer = api.get("/api/response-times?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<JsonObject> points(JsonObject answer) {
        return answer.getJsonArray("points").stream()
                .map(point -> (JsonObject) point)
                .toList();
    }

    private static void check(String name, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(api.getWithKey("/api/ping?service=" + name).status()).isEqualTo(200);
        }
    }

    @Test
    void theLastDayIsSummedUpInTwoHundredSteps() throws Exception {
        api.create("a", api.url(200));
        check("a", 5);
        long before = System.currentTimeMillis();

        JsonObject answer = ask("service=a");

        assertThat(answer.getString("name")).isEqualTo("a");
        assertThat(answer.getLong("step")).isEqualTo(DAY / 200);
        assertThat(answer.getLong("to")).isBetween(before, System.currentTimeMillis());
        assertThat(answer.getLong("from")).isEqualTo(answer.getLong("to") - DAY);
        int checks = points(answer).stream()
                .mapToInt(point -> point.getInteger("checks"))
                .sum();
        assertThat(checks).isGreaterThanOrEqualTo(5);
        assertThat(points(answer)).allSatisfy(point -> {
            assertThat(point.getInteger("up")).isEqualTo(point.getInteger("checks"));
            assertThat(List.of(
                            point.getInteger("min"),
                            point.getInteger("p50"),
                            point.getInteger("p95"),
                            point.getInteger("max")))
                    .isSorted();
            assertThat((point.getLong("timestamp") - answer.getLong("from")) % answer.getLong("step"))
                    .isZero();
        });
    }

    @Test
    void theBoundsAndTheStepsAreTheCallers() throws Exception {
        api.create("a", api.url(200));
        check("a", 2);
        List<Long> times = new ArrayList<>();
        eventually(
                () -> { // one millisecond apart, they share a step: the end is inclusive
                    check("a", 1);
                    times.clear();
                    api.get("/api/history/a")
                            .json()
                            .getJsonArray("history")
                            .forEach(entry -> times.add(((JsonObject) entry).getLong("timestamp")));
                    assertThat(times.get(0) - times.get(1)).isGreaterThan(1);
                });
        long newest = times.get(0);
        long second = times.get(1);

        JsonObject answer = ask("service=a&from=" + second + "&to=" + newest + "&points=10");

        assertThat(answer.getLong("step")).isEqualTo((newest - second + 9) / 10);
        assertThat(points(answer))
                .extracting(point -> point.getLong("timestamp"))
                .startsWith(second);
        assertThat(points(answer).stream().mapToInt(point -> point.getInteger("checks")))
                .containsExactly(1, 1);
        assertThat(points(ask("service=a&from=0&to=" + 400 * DAY))).isEmpty();
    }

    @Test
    void whatIsDownHasNoResponseTimes() throws Exception {
        api.create("bad", api.url(500));

        eventually(() -> assertThat(points(ask("service=bad"))).isNotEmpty().allSatisfy(point -> {
            assertThat(point.getInteger("up")).isZero();
            assertThat(point.getMap())
                    .containsEntry("min", null)
                    .containsEntry("p50", null)
                    .containsEntry("p95", null)
                    .containsEntry("max", null);
        }));
    }

    @Test
    void whatIsHiddenIsThereForThoseWithAKey() {
        api.create(new JsonObject().put("name", "h").put("url", api.url(200)).put("visible", false));

        assertThat(api.get("/api/response-times?service=h").text())
                .isEqualTo(api.get("/api/response-times?service=nobody").text())
                .isEqualTo("{\"error\":true,\"message\":\"Service not found\",\"status\":404}");
        assertThat(api.getWithKey("/api/response-times?service=h").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "service=, service: is required",
        "service=a&service=b, service: must be given only once",
        "service=a&points=9.5, points: must be a whole number",
        "service=a&points=many, points: must be a whole number",
        "service=a&points=, points: must be a whole number",
        "service=a&from=-1, from: must be a whole number",
        "service=a&to=x, to: must be a whole number",
        "service=a&from=2&to=1, from: must not be later than to",
        "service=a&from=0&to=34560000001, from: must be at most 400 days before to",
        "service=a&from=0, from: must be at most 400 days before to"
    })
    void aBadParameterIsNamed(String query, String message) {
        api.create("a", api.url(200));

        Answer answer = api.get("/api/response-times?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
    }
}
