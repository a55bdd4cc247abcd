package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UptimeTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonArray services(String query) {
        Answer answer = api.get("/api/uptime?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("services");
    }

    private static List<String> names(JsonArray services) {
        return services.stream()
                .map(service -> ((JsonObject) service).getString("name"))
                .toList();
    }

    private static JsonObject service(String name, int status) {
        return new JsonObject().put("name", name).put("url", api.url(status));
    }

    @Test
    void checksAreCountedInTheirHourAndDay() throws Exception {
        String id = api.create(service("good", 200)).getString("id");
        api.create(service("bad", 500));

        eventually(() -> {
            api.getWithKey("/api/ping"); // repeated in case a new hour begins
            JsonObject good = services("id=" + id).getJsonObject(0);
            Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
            Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

            assertThat(good.getString("id")).isEqualTo(id);
            assertThat(good.getJsonObject("uptime").getDouble("day")).isEqualTo(1.0);
            assertSeries(good.getJsonObject("hours"), hour.minus(23, ChronoUnit.HOURS), 3_600_000, 24);
            assertSeries(good.getJsonObject("days"), today.minus(89, ChronoUnit.DAYS), 86_400_000, 90);
            JsonObject days = services("service=bad").getJsonObject(0).getJsonObject("days");
            assertThat(days.getJsonArray("checks").getInteger(89)).isPositive();
            assertThat(days.getJsonArray("up").getInteger(89)).isZero();
        });
    }

    private static void assertSeries(JsonObject series, Instant from, int step, int size) {
        assertThat(series.getLong("from")).isEqualTo(from.toEpochMilli());
        assertThat(series.getInteger("step")).isEqualTo(step);
        for (String field : List.of("checks", "up", "responseTime")) {
            assertThat(series.getJsonArray(field)).hasSize(size);
        }
        assertThat(series.getJsonArray("checks").getInteger(size - 1))
                .isPositive()
                .isEqualTo(series.getJsonArray("up").getInteger(size - 1));
        assertThat(series.getJsonArray("responseTime").getInteger(size - 1)).isNotNegative();
        assertThat(series.getJsonArray("responseTime").getInteger(0)).isNull();
    }

    @Test
    void idsAndNamesGoTogetherAndEachServiceComesOnce() {
        String b = api.create(service("b", 200)).getString("id");
        api.create(service("a \" 😀", 200));
        String name = encoded("a \" 😀");

        assertThat(names(services("service=" + name + "&id=" + b + "&id=nobody&id=" + b + "&service=" + name + "&id=")))
                .containsExactly("b", "a \" 😀");
        assertThat(services("service=nobody")).isEmpty();
    }

    @Test
    void theAnswerIsThatOfASecondLookToo() {
        api.create(service("a", 200));

        assertThat(names(services("service=a"))).containsExactly("a");
        assertThat(names(services("service=a"))).containsExactly("a");
        api.call("PUT", "/api/services?name=a", service("b", 200));
        assertThat(names(services("service=a&service=b"))).containsExactly("b");
    }

    @Test
    void whatIsHiddenIsThereForThoseWithAKey() {
        String id = api.create(service("h", 200).put("visible", false)).getString("id");

        assertThat(services("id=" + id + "&service=h")).isEmpty();
        assertThat(names(api.getWithKey("/api/uptime?id=" + id).json().getJsonArray("services")))
                .containsExactly("h");
        assertThat(services("id=" + id + "&service=h")).isEmpty();
    }

    @Test
    void aHundredAreTheMost() {
        String ids = IntStream.range(0, 100).mapToObj(i -> "id=" + i).collect(Collectors.joining("&"));

        assertThat(services(ids)).isEmpty();
        assertThat(api.get("/api/uptime?service=x&" + ids).message())
                .isEqualTo("id: can be given at most 100 times, counting service");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'id: is required unless service is given; repeat either for several services'",
        "?name=a, 'name: unknown parameter; allowed: id, service, location'",
        "?id=%FF, id: is not valid percent-encoded UTF-8"
    })
    void aBadParameterIsNamed(String query, String message) {
        Answer answer = api.get("/api/uptime" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(message);
    }
}
