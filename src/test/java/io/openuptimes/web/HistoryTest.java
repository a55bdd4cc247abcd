package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static List<Long> timestamps(JsonObject history) {
        return history.getJsonArray("history").stream()
                .map(entry -> ((JsonObject) entry).getLong("timestamp"))
                .toList();
    }

    /** The first check, at creation, and further ones. */
    private static void checkSeveralTimes(String name, int times) throws Exception {
        eventually(() ->
                assertThat(timestamps(api.get("/api/history/" + name).json())).isNotEmpty());
        while (timestamps(api.get("/api/history/" + name).json()).size() < times) {
            api.getWithKey("/api/ping?service=" + name);
        }
    }

    @Test
    void checksComeNewestFirstWithWhatWentWrong() throws Exception {
        api.create("good", api.url(200));
        api.create("bad", api.url(500));
        checkSeveralTimes("good", 3);
        checkSeveralTimes("bad", 2);

        JsonObject good = api.get("/api/history/good").json();
        JsonObject bad = api.get("/api/history/bad").json();

        assertThat(good.getString("name")).isEqualTo("good");
        assertThat(timestamps(good)).hasSizeGreaterThanOrEqualTo(3).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(good.getJsonArray("history").getJsonObject(0).getMap())
                .containsEntry("status", "up")
                .containsEntry("statusCode", 200)
                .containsKey("responseTime")
                .doesNotContainKey("error");
        assertThat(good.getJsonObject("uptime").getDouble("day")).isEqualTo(1.0);
        JsonObject failure = bad.getJsonArray("history").getJsonObject(0);
        assertThat(failure.getString("status")).isEqualTo("down");
        assertThat(failure.getInteger("statusCode")).isEqualTo(500);
        assertThat(failure.getJsonObject("error").getString("class")).isEqualTo("status");
        assertThat(failure.getJsonObject("error").getString("text")).isNotEmpty();
        assertThat(bad.getJsonObject("uptime").getDouble("day")).isZero();
    }

    @Test
    void pagesJoinUpWithoutGapOrOverlap() throws Exception {
        api.create("a", api.url(200));
        checkSeveralTimes("a", 5);
        List<Long> all = timestamps(api.get("/api/history/a").json());

        List<Long> paged = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null) {
            JsonObject page = api.get("/api/history/a?limit=2" + (pages == 0 ? "" : "&cursor=" + cursor))
                    .json();
            assertThat(timestamps(page)).hasSizeBetween(1, 2);
            paged.addAll(timestamps(page));
            cursor = page.getString("cursor");
            pages++;
        }

        assertThat(paged).isEqualTo(all);
        assertThat(pages).isEqualTo((all.size() + 1) / 2);
    }

    @Test
    void statusAndErrorNarrowWhatIsShownPageByPage() throws Exception {
        api.create("a", api.url(200));
        checkSeveralTimes("a", 2);
        changeUrl("a", api.url(500));
        checkSeveralTimes("a", 6);
        changeUrl("a", api.url(200));
        checkSeveralTimes("a", 8);
        // a check triggered by the last change may end while pages are read
        eventually(HistoryTest::assertPagesAreNarrowed);
    }

    private static void assertPagesAreNarrowed() {
        Map<Boolean, List<Long>> byError = api.get("/api/history/a").json().getJsonArray("history").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.partitioningBy(
                        entry -> entry.containsKey("error"),
                        Collectors.mapping(entry -> entry.getLong("timestamp"), Collectors.toList())));

        assertThat(byError.get(true)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(byError.get(false)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(pagesOf("/api/history/a?limit=2&status=up")).isEqualTo(byError.get(false));
        assertThat(pagesOf("/api/history/a?limit=2&status=down")).isEqualTo(byError.get(true));
        assertThat(pagesOf("/api/history?service=a&limit=2&status=down&error=status"))
                .isEqualTo(byError.get(true));
        assertThat(pagesOf("/api/history/a?limit=2&error=timeout")).isEmpty();
        assertThat(pagesOf("/api/history/a?limit=2&status=up&error=status")).isEmpty();
    }

    private static void changeUrl(String name, String url) {
        Answer changed = api.call(
                "PUT",
                "/api/services?name=" + name,
                new JsonObject().put("name", name).put("url", url));
        assertThat(changed.status()).isEqualTo(200);
    }

    private static List<Long> pagesOf(String path) {
        List<Long> shown = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page =
                    api.get(path + (cursor == null ? "" : "&cursor=" + cursor)).json();
            assertThat(timestamps(page)).hasSizeLessThanOrEqualTo(2);
            shown.addAll(timestamps(page));
            cursor = page.getString("cursor");
        } while (cursor != null);
        return shown;
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "a"})
    void theNameMayAlsoBeInTheQuery(String name) throws Exception {
        api.create(name, api.url(200));
        eventually(() -> assertThat(timestamps(
                        api.get("/api/history?service=" + encoded(name)).json()))
                .isNotEmpty());

        assertThat(api.get("/api/history?limit=1&service=" + encoded(name)).json())
                .isEqualTo(api.get("/api/history/" + encoded(name) + "?limit=1").json());
    }

    @Test
    void theNameInTheQueryIsLookedUpAsInThePath() {
        api.create(new JsonObject().put("name", "h").put("url", api.url(200)).put("visible", false));

        assertThat(api.get("/api/history?service=h").text())
                .isEqualTo(api.get("/api/history?service=nobody").text())
                .isEqualTo("{\"error\":true,\"message\":\"Service not found\",\"status\":404}");
        assertThat(api.getWithKey("/api/history?service=h").status()).isEqualTo(200);
        assertThat(api.get("/api/history").message()).isEqualTo("service: is required");
        assertThat(api.get("/api/history?service=a&service=b").message()).isEqualTo("service: must be given only once");
    }

    @Test
    void fromAndToAreInclusive() throws Exception {
        api.create("a", api.url(200));
        checkSeveralTimes("a", 4);
        List<Long> all = timestamps(api.get("/api/history/a").json());

        JsonObject middle = api.get("/api/history/a?from=" + all.get(2) + "&to=" + all.get(1))
                .json();

        assertThat(timestamps(middle)).containsExactly(all.get(1), all.get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from: must be a whole number",
        "from=-1, from: must be a whole number",
        "to=1.5, to: must be a whole number",
        "limit=0, limit: must be a whole number from 1 to 10000",
        "limit=10001, limit: must be a whole number from 1 to 10000",
        "limit=, limit: must be a whole number",
        "limit=1&limit=2, limit: must be given only once",
        "from=2&to=1, from: must not be later than to",
        "status=unknown, status: must be up or down",
        "status=up&status=down, status: must be given only once",
        "'error=up', 'error: must be one of dns, connect, tls, timeout, redirect, status, protocol'",
        "cursor=x, cursor: is not valid; use the one from the previous page",
        "cursor=%zz, cursor: is not valid percent-encoded UTF-8"
    })
    void aBadParameterIsNamed(String query, String message) {
        api.create("a", api.url(200));

        Answer answer = api.get("/api/history/a?" + query.replace("%", "%25").replace("%25zz", "%FF"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a%2Fb", "%2E%2E", "%2e%2e%2fservices", "%2E%2E/services", "%F0%9F%98%80"})
    void whoIsNotThereIsNotFound(String name) {
        assertThat(api.get("/api/history/" + name).text())
                .isEqualTo("{\"error\":true,\"message\":\"Service not found\",\"status\":404}");
    }

    @Test
    void aNameThatIsNoUtf8IsRefused() {
        assertThat(api.get("/api/history/%FF").message()).startsWith("serviceName: ");
        assertThat(api.get("/api/history/%FF").status()).isEqualTo(400);
    }

    @Test
    void whatIsHiddenIsThereForThoseWithAKey() {
        api.create(new JsonObject().put("name", "h").put("url", api.url(200)).put("visible", false));

        assertThat(api.get("/api/history/h").status()).isEqualTo(404);
        assertThat(api.getWithKey("/api/history/h").status()).isEqualTo(200);
    }

    @Test
    void onlyGetIsAllowed() {
        Answer answer = api.send("DELETE", "/api/history/%2E%2E", null);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(api.send("HEAD", "/api/history/nobody", null).status()).isEqualTo(404);
    }
}
