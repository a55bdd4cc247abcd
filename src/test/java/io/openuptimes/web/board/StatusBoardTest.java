package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.NO_CERTIFICATE;
import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.http.Rendering;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

    private long now = 1_000_000;
    private long tick;
    private final StatusBoard board = new StatusBoard(() -> now += tick);

    @BeforeEach
    void reachStore() {
        board.outlook().storeReachable(true);
    }

    private JsonObject status(boolean withHidden) {
        return new JsonObject(board.answers().status(withHidden).body().toString());
    }

    private List<String> names(boolean withHidden) {
        return status(withHidden).getJsonArray("services").stream()
                .map(service -> ((JsonObject) service).getString("name"))
                .toList();
    }

    @Test
    void anEmptyBoardKnowsNothing() {
        assertThat(board.isLoaded()).isFalse();

        board.load(List.of(), List.of());

        assertThat(board.isLoaded()).isTrue();
        assertThat(board.answers().status(true).body())
                .hasToString("{\"overall\":\"unknown\",\"updated\":null,\"services\":[]}");
        assertThat(board.answers().services(Disclosure.WRITER).body()).hasToString("{\"services\":[]}");
    }

    @Test
    void anEntryIsTheContracts() {
        board.load(
                List.of(service("a", "A \"quoted\" 😀\n"), service("b", "b"), service("c", "c")),
                List.of(up("a", 5_000), down("b", 7_000)));

        assertThat(board.answers().status(false).body())
                .hasToString("{\"overall\":\"degraded\",\"updated\":7000,\"services\":["
                        + "{\"name\":\"A \\\"quoted\\\" 😀\\n\",\"description\":\"\",\"status\":\"up\","
                        + "\"lastChecked\":5000,\"responseTime\":12" + NO_CERTIFICATE + "},"
                        + "{\"name\":\"b\",\"description\":\"\",\"status\":\"down\",\"lastChecked\":7000,"
                        + "\"responseTime\":500,\"error\":{\"class\":\"timeout\","
                        + "\"text\":\"no response within 500 ms\"}" + NO_CERTIFICATE + "},"
                        + "{\"name\":\"c\",\"description\":\"\",\"status\":\"unknown\",\"lastChecked\":null,"
                        + "\"responseTime\":null" + NO_CERTIFICATE + "}]}");
    }

    @Test
    void thatTheStoreIsAwayIsSaidAtOnceAndIsANewStateOfThings() {
        board.load(List.of(service("a", "a")), List.of(up("a", 5_000)));
        tick = TimeUnit.MILLISECONDS.toNanos(1); // makes rendering slow, so that others have to wait
        String tag = board.answers().status(false).tag();

        board.outlook().storeReachable(false);
        assertThat(board.answers().status(false).body().toString())
                .startsWith("{\"overall\":\"up\",\"updated\":5000,\"storeReachable\":false,\"services\":[");
        assertThat(board.answers().status(false).tag()).isNotEqualTo(tag);

        board.outlook().storeReachable(true);
        assertThat(board.answers().status(false).tag()).isEqualTo(tag);
    }

    @Test
    void aPausedServiceIsUnknownAndCountsForNothing() {
        board.load(
                List.of(service("a", "a"), with(service("p", "p"), Map.of("paused", true, "group", "G \"1\""))),
                List.of(up("a", 5_000), down("p", 7_000)));

        assertThat(board.answers().status(false).body())
                .hasToString("{\"overall\":\"up\",\"updated\":7000,\"services\":["
                        + "{\"name\":\"a\",\"description\":\"\",\"status\":\"up\",\"lastChecked\":5000,\"responseTime\":12"
                        + NO_CERTIFICATE + "},"
                        + "{\"name\":\"p\",\"description\":\"\",\"group\":\"G \\\"1\\\"\",\"status\":\"unknown\",\"paused\":true,"
                        + "\"lastChecked\":7000,\"responseTime\":500" + NO_CERTIFICATE + "}]}");
        board.services().remove("a");
        assertVerdict(false, "unknown", 7_000);
    }

    @Test
    void whatIsHiddenCountsOnlyForThoseWhoSeeIt() {
        board.load(List.of(service("a", "a"), service("h", "h", false)), List.of(up("a", 5_000), down("h", 9_000)));

        assertThat(names(false)).containsExactly("a");
        assertVerdict(false, "up", 5_000);
        assertThat(names(true)).containsExactly("a", "h");
        assertVerdict(true, "degraded", 9_000);
    }

    private void assertVerdict(boolean withHidden, String overall, long updated) {
        JsonObject status = status(withHidden);
        assertThat(status.getString("overall")).isEqualTo(overall);
        assertThat(status.getLong("updated")).isEqualTo(updated);
    }

    @Test
    void servicesAreInTheOrderOfTheirNames() {
        List<String> ordered = List.of(".", "10", "9", "a", "A", "ä", "B", "b c", "b/c", "Z", "é", "ｚ", "😀");
        board.load(
                IntStream.range(0, ordered.size())
                        .mapToObj(i -> service("id" + i, ordered.get(i)))
                        .toList(),
                List.of());

        assertThat(names(true)).isSortedAccordingTo(ByName.INSTANCE).containsExactlyInAnyOrderElementsOf(ordered);
        assertThat(names(true).subList(0, 5)).containsExactly(".", "10", "9", "A", "a");
        assertThat(names(true)).endsWith("ｚ", "😀");
    }

    @Test
    void aRenameKeepsTheStatusAndFreesTheName() {
        board.load(List.of(service("a", "old")), List.of(up("a", 5_000)));

        board.services().save(service("a", "new"));
        board.services().save(service("b", "old"));

        assertThat(names(true)).containsExactly("new", "old");
        assertThat(board.find("new"))
                .isNotNull()
                .extracting(e -> e.status().lastChecked())
                .isEqualTo(5_000L);
        assertThat(board.find("old"))
                .isNotNull()
                .extracting(e -> e.service().id())
                .isEqualTo("b");
    }

    @Test
    void aRemovedServiceIsGoneWhateverComesLater() {
        board.load(List.of(service("a", "a"), service("b", "b")), List.of());

        board.services().remove("a");
        board.results().update(List.of(up("a", 5_000)));

        assertThat(names(true)).containsExactly("b");
        assertThat(board.find("a")).isNull();
    }

    @Test
    void anOlderStatusChangesNothing() {
        board.load(List.of(service("a", "a")), List.of(up("a", 5_000)));

        board.results().update(List.of(down("a", 4_000), down("a", 5_000)));

        assertVerdict(true, "up", 5_000);
    }

    @Test
    void aRenderingIsKeptUntilSomethingChanges() {
        board.load(List.of(service("a", "a")), List.of(up("a", 5_000)));
        Rendering first = board.answers().status(true);

        now += TimeUnit.DAYS.toNanos(1);

        assertThat(board.answers().status(true)).isSameAs(first);
    }

    @Test
    void renderingRestsForTenTimesAsLongAsItTook() {
        board.load(List.of(service("a", "a")), List.of(up("a", 5_000)));
        tick = 1_000; // added per clock read: the duration of a rendering
        Rendering first = board.answers().status(true);
        tick = 0;

        board.results().update(List.of(up("a", 6_000)));
        now += 9_999;
        assertThat(board.answers().status(true)).isSameAs(first);

        now += 1;
        assertVerdict(true, "up", 6_000);
    }

    @Test
    void aChangeOfServicesIsSeenAtOnce() {
        board.load(List.of(service("a", "a")), List.of());
        tick = 1_000;
        board.answers().status(true);

        board.services().save(service("b", "b"));

        assertThat(names(true)).containsExactly("a", "b");
    }

    @Test
    void aFinishedRoundIsSeenAtOnce() {
        board.load(List.of(service("a", "a")), List.of());
        tick = 1_000;
        board.answers().status(true);

        board.results().update(List.of(up("a", 5_000)));
        board.versions().showAtOnce();

        assertVerdict(true, "up", 5_000);
    }

    @Test
    void theTagNamesTheContentNotTheProcess() {
        StatusBoard other = new StatusBoard();
        for (StatusBoard each : List.of(board, other)) {
            each.outlook().storeReachable(true);
            each.load(List.of(service("a", "a"), service("h", "h", false)), List.of(up("a", 5_000)));
        }

        assertThat(board.answers().status(true).tag())
                .isEqualTo(other.answers().status(true).tag());
        assertThat(board.answers().status(true).tag())
                .isNotEqualTo(board.answers().status(false).tag());
    }

    @Test
    void theCompressedFormHoldsTheSame() throws IOException {
        board.load(
                IntStream.range(0, 500)
                        .mapToObj(i -> service("id" + i, "service " + i))
                        .toList(),
                List.of());
        Rendering rendering = board.answers().status(true);
        assertThat(rendering.gzipIfMade()).isNull();

        Buffer gzip = rendering.gzip();

        assertThat(gzip.length()).isLessThan(rendering.length() / 4);
        assertThat(rendering.gzipIfMade()).isSameAs(gzip);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.getBytes())).readAllBytes())
                .isEqualTo(rendering.body().getBytes());
    }

    @Test
    void theListShowsEveryFieldAndFollowsChanges() {
        board.load(List.of(service("b", "b"), service("a", "a", false)), List.of());

        JsonObject first = new JsonObject(
                        board.answers().services(Disclosure.WRITER).body())
                .getJsonArray("services")
                .getJsonObject(0);
        assertThat(first.getMap().keySet())
                .contains("id", "name", "url", "description", "expectedStatus", "method", "timeout", "visible");
        assertThat(first.getString("name")).isEqualTo("a");
        assertThat(board.answers().services(Disclosure.WRITER))
                .isSameAs(board.answers().services(Disclosure.WRITER));

        board.services().remove("a");
        assertThat(new JsonObject(board.answers().services(Disclosure.WRITER).body()).getJsonArray("services"))
                .hasSize(1);
    }
}
