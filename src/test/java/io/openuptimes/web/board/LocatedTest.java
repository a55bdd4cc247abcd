package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.NO_CERTIFICATE;
import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.testing.ManualClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A service's locations on the board. */
class LocatedTest {

    /** Two intervals plus the default timeout. */
    private static final long MAX_AGE = 130_000;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final StatusBoard board = new StatusBoard(60, clock);
    private final Service located = with(service("a", "a"), Map.of("locations", List.of("us", "eu", "ap")));

    private String whole() {
        board.versions().showAtOnce();
        return board.answers().status(true).body().toString();
    }

    private JsonArray locations() {
        return new JsonObject(whole()).getJsonArray("services").getJsonObject(0).getJsonArray("locations");
    }

    private List<String> shown() {
        return locations().stream()
                .map(JsonObject.class::cast)
                .map(there -> there.getString("location") + " " + there.getString("status")
                        + (there.getBoolean("stale", false) ? " stale" : ""))
                .toList();
    }

    @Test
    void standInTheOrderOfTheServiceEachWithWhatWasFoundThere() {
        board.load(List.of(located), List.of(up("a", 5_001), down("a@eu", 5_000), up("a@us", 5_001)));

        assertThat(whole())
                .endsWith("\"lastChecked\":5001,\"responseTime\":12,\"locations\":["
                        + "{\"location\":\"us\",\"status\":\"up\",\"lastChecked\":5001,\"responseTime\":12,\"stale\":true},"
                        + "{\"location\":\"eu\",\"status\":\"down\",\"lastChecked\":5000,\"responseTime\":500,"
                        + "\"error\":{\"class\":\"timeout\",\"text\":\"no response within 500 ms\"},\"stale\":true},"
                        + "{\"location\":\"ap\",\"status\":\"unknown\",\"lastChecked\":null,\"responseTime\":null}]"
                        + NO_CERTIFICATE + "}]}");
    }

    @Test
    void areNotThereForAServiceThatHasNone() {
        board.load(List.of(service("a", "a")), List.of(up("a", 999_000), up("a@eu", 999_000)));
        board.results().update(List.of(down("a@eu", 999_001)));

        assertThat(whole())
                .endsWith("[{\"name\":\"a\",\"description\":\"\",\"status\":\"up\",\"lastChecked\":999000,"
                        + "\"responseTime\":12" + NO_CERTIFICATE + "}]}");
        assertThat(board.size()).isOne();
    }

    @Test
    void doNotCountAsServicesAndDoNotTurnTheirs() {
        board.load(List.of(located), List.of(up("a", 999_000)));
        board.results().update(List.of(down("a@eu", 999_001), down("a@us", 999_001), up("a@elsewhere", 999_001)));

        assertThat(shown()).containsExactly("us down", "eu down", "ap unknown");
        assertThat(board.counts(true).total()).isOne();
        assertThat(board.counts(true).of(Shown.UP)).isOne();
        assertThat(board.counts(true).updated()).isEqualTo(999_000);
        board.results().update(List.of(up("a@eu", 999_001))); // not newer
        assertThat(shown()).containsExactly("us down", "eu down", "ap unknown");
    }

    @Test
    void getStaleEachByItself() {
        board.load(List.of(located), List.of(up("a", 999_000), up("a@us", 999_000)));
        clock.advance(60_000);
        board.results().update(List.of(up("a", 1_059_000), up("a@eu", 1_059_000)));
        board.sweep(Long.MAX_VALUE);
        assertThat(shown()).containsExactly("us up", "eu up", "ap unknown");
        clock.set(999_000 + MAX_AGE + 1);
        board.sweep(Long.MAX_VALUE);

        assertThat(shown()).containsExactly("us up stale", "eu up", "ap unknown");
        assertThat(board.counts(true).stale()).isZero();
        clock.set(1_059_000 + MAX_AGE + 1);
        board.sweep(Long.MAX_VALUE);
        assertThat(shown()).containsExactly("us up stale", "eu up stale", "ap unknown");
        assertThat(board.counts(true).stale()).isOne();
        board.results().update(List.of(down("a@us", 1_190_000)));
        assertThat(shown()).containsExactly("us down", "eu up stale", "ap unknown");
    }

    @Test
    void followTheServicesOwnList() {
        board.load(List.of(located), List.of(up("a", 999_000), up("a@us", 999_000), down("a@eu", 999_000)));
        board.services().save(with(located, Map.of("locations", List.of("eu", "sa"))));
        assertThat(shown()).containsExactly("eu down", "sa unknown");
        board.services().save(with(located, Map.of("locations", List.of())));
        assertThat(whole()).doesNotContain("locations");
        board.services().save(with(located, Map.of("paused", true)));
        assertThat(shown()).containsExactly("us unknown", "eu unknown", "ap unknown");
    }

    @Test
    void areKnownAltogetherAsLongAsAServiceIsCheckedFromThere() {
        board.load(List.of(located, service("b", "b")), List.of());
        assertThat(board.locations()).containsExactly("ap", "eu", "us");
        board.services().save(with(service("b", "b"), Map.of("locations", List.of("eu", "sa"))));
        assertThat(board.locations()).containsExactly("ap", "eu", "sa", "us");
        board.services().save(with(located, Map.of("paused", true)));
        assertThat(board.locations()).containsExactly("eu", "sa");
        board.services().remove("b");
        assertThat(board.locations()).isEmpty();
    }

    @Test
    void standInPagesAndBesideTheFieldsToo() {
        board.load(List.of(located), List.of(up("a", 999_000), up("a@us", 999_000)));
        EntryJson json = new EntryJson(60);
        BoardEntry entry = board.entries().get(0);
        StringBuilder page = new StringBuilder();
        json.append(page, entry, false, null);
        StringBuilder chosen = new StringBuilder();
        json.append(chosen, entry, false, Set.of("name", "locations"));
        StringBuilder fields = new StringBuilder();
        json.appendWithFields(fields, entry, Disclosure.WRITER, null);

        JsonArray shown = locations();
        assertThat(new JsonObject(page.toString()).getJsonArray("locations")).isEqualTo(shown);
        assertThat(new JsonObject(chosen.toString()))
                .isEqualTo(new JsonObject().put("name", "a").put("locations", shown));
        JsonObject service = new JsonObject(fields.toString());
        assertThat(service.getJsonArray("locations")).isEqualTo(new JsonArray(List.of("us", "eu", "ap")));
        assertThat(service.getJsonObject("state").getJsonArray("locations")).isEqualTo(shown);
    }
}
