package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.certificate;
import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.testing.ManualClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server certificates on the board. */
class CertificatesTest {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    /** An interval at which nothing becomes stale during a test. */
    private static final Map<String, Object> SELDOM = Map.of("interval", 86_400);

    private static final long NOON = 20_000 * DAY + DAY / 2;

    private final ManualClock clock = new ManualClock(NOON);
    private final StatusBoard board = new StatusBoard(86_400, clock);

    @BeforeEach
    void load() {
        board.load(List.of(service("a", "a"), service("b", "b")), List.of(up("a", NOON), up("b", NOON)));
    }

    /** Valid for a year. */
    private static ServerCertificate expires(long at) {
        return certificate(at - 365 * DAY, at);
    }

    private void see(String id, @Nullable ServerCertificate certificate) {
        board.results().certificates(List.of(new SeenCertificate(id, certificate)));
    }

    /** The response to a polling caller. */
    private String body(boolean withKey) {
        board.sweep(Long.MAX_VALUE);
        board.versions().showAtOnce();
        return board.answers().status(withKey).body().toString();
    }

    private JsonObject entry(boolean withKey) {
        return new JsonObject(body(withKey)).getJsonArray("services").getJsonObject(0);
    }

    private int daysLeft() {
        return entry(false).getJsonObject("certificate").getInteger("daysLeft");
    }

    @Test
    void oneThatWasSeenAtAnotherUrlIsNotShown() {
        int elsewhere = service("a", "a").urlHash() + 1;
        see("a", expires(NOON + 30 * DAY));

        board.results().certificates(List.of(new SeenCertificate("a", elsewhere, expires(NOON + 3 * DAY))));

        assertThat(daysLeft()).isEqualTo(30);
    }

    @Test
    void areThereByTheirEndWhereAllServicesAre() {
        see("a", expires(NOON + 30 * DAY));

        assertThat(entry(false).getJsonObject("certificate"))
                .isEqualTo(new JsonObject().put("validTo", NOON + 30 * DAY).put("daysLeft", 30));
        assertThat(body(true)).isEqualTo(body(false)).contains("\"certificate\":null");
    }

    @Test
    void changeAtMidnightUtcAndNotInBetween() {
        see("a", expires(NOON + 30 * DAY));
        String before = body(false);
        long version = board.versions().current();
        for (int i = 0; i < 11; i++) {
            clock.advance(HOUR);
            assertThat(body(false)).isEqualTo(before);
        }
        clock.advance(HOUR - 1);
        assertThat(body(false)).isEqualTo(before);
        assertThat(board.versions().current()).isEqualTo(version);

        clock.advance(1);

        assertThat(daysLeft()).isEqualTo(29);
        assertThat(board.versions().current())
                .as("one change for the one certificate")
                .isEqualTo(version + 1);
    }

    @Test
    void warnWithoutASayInTheStatus() {
        see("a", expires(NOON + 14 * DAY));
        assertThat(entry(false).getJsonArray("warnings")).isEmpty();
        assertThat(board.counts(false).warned()).isZero();
        BoardPoint before = board.progress().point();
        String whole = body(true);

        clock.advance(DAY / 2);
        JsonObject entry = entry(false);

        assertThat(entry.getJsonArray("warnings"))
                .containsExactly(new JsonObject()
                        .put("code", "certificate-expires")
                        .put("message", "Certificate expires in 13 days")
                        .put("days", 13));
        assertThat(entry.getString("status")).isEqualTo("up");
        assertThat(body(true)).isNotEqualTo(whole).startsWith("{\"overall\":\"up\"");
        assertThat(board.counts(false).warned()).isOne();
        assertThat(board.groups().get("").of(true).warned()).isOne();
        assertThat(board.progress().point()).isEqualTo(before); // no events read yet
        assertThat(board.staleLog().get(board.staleLog().end() - 1)).isEqualTo("a");

        see("a", expires(NOON + 90 * DAY));
        assertThat(entry(true).getJsonArray("warnings")).isEmpty();
        assertThat(board.counts(false).warned()).isZero();
    }

    @Test
    void areToldInTheLogWhenTheirWarningIsAnotherOne() {
        see("a", expires(NOON + 9 * DAY));
        long from = board.staleLog().end();
        clock.advance(DAY);
        board.sweep(Long.MAX_VALUE);
        see("a", certificate(NOON - 300 * DAY, NOON + 9 * DAY, NOON + 8 * DAY));
        see("a", certificate(NOON - 301 * DAY, NOON + 9 * DAY, NOON + 8 * DAY)); // same warnings
        see("b", expires(NOON + 30 * DAY)); // no warning
        see("a", expires(NOON + 90 * DAY));

        assertThat(board.staleLog().end()).as("a day less, the chain, renewed").isEqualTo(from + 3);
        assertThat(board.staleLog().isLike(new StaleLog())).isTrue();
    }

    @Test
    void warnOfNothingWhileTheServiceIsPaused() {
        see("a", expires(NOON + DAY));
        board.services().save(with(service("a", "a"), Map.of("paused", true)));

        assertThat(entry(true).getJsonArray("warnings")).isEmpty();
        assertThat(daysLeft()).isEqualTo(1);
        assertThat(board.counts(true).warned()).isZero();

        board.services().save(service("a", "a"));

        assertThat(board.counts(true).warned()).isOne();
    }

    @Test
    void stayWithAServiceThatGoesDownAndCountOnWhenItsDaysAreOver() {
        see("a", expires(NOON + DAY));
        board.results().update(List.of(down("a", NOON + 1)));
        clock.advance(3 * DAY);

        JsonObject entry = entry(false);

        assertThat(entry.getString("status")).isEqualTo("down");
        assertThat(entry.getJsonObject("certificate").getInteger("daysLeft")).isEqualTo(-2);
        assertThat(entry.getJsonArray("warnings").getJsonObject(0).getString("message"))
                .isEqualTo("Certificate expired 2 days ago");
    }

    @Test
    void goWithTheUrlButNotWithAnyOtherField() {
        Service service = service("a", "a");
        see("a", expires(NOON + DAY));
        board.services().save(with(service, Map.of("name", "0", "timeout", 5_000)));
        assertThat(daysLeft()).isEqualTo(1);
        assertThat(board.counts(true).warned()).isOne();

        board.services().save(with(service, Map.of("name", "0", "url", "https://localhost/b")));

        assertThat(entry(true).getValue("certificate")).isNull();
        assertThat(board.counts(true).warned()).isZero();
    }

    @Test
    void goWhereTheServerAnswersWithoutTlsAndWithTheService() {
        see("a", expires(NOON + DAY));
        see("a", null);
        assertThat(entry(true).getValue("certificate")).isNull();

        see("a", expires(NOON + DAY));
        board.services().remove("a");
        see("a", expires(NOON + DAY));

        assertThat(entry(true).getString("name")).isEqualTo("b");
        assertThat(board.counts(true).warned()).isZero();
    }

    @Test
    void areLoadedWithTheServices() {
        List<SeenCertificate> seen =
                List.of(new SeenCertificate("a", expires(NOON + 3 * DAY)), new SeenCertificate("gone", expires(NOON)));
        board.load(Contents.of(List.of(service("a", "a")), List.of(up("a", NOON)), seen, board.rule(), NOON));

        assertThat(daysLeft()).isEqualTo(3);
        assertThat(board.counts(true).warned()).isOne();
    }

    /** Warnings are included, so that polls with {@code since} can continue on another node or after a restart. */
    @Test
    void warningsArePartOfTheMarkByWhichBoardsKnowEachOther() {
        StatusBoard other = new StatusBoard(86_400, clock);
        List<Service> services = List.of(service("a", "a"), service("b", "b"));
        other.load(
                Contents.of(services, List.of(), List.of(new SeenCertificate("b", expires(NOON))), other.rule(), NOON));
        see("b", expires(NOON));
        StaleMark mark = board.staleLog().mark();

        assertThat(other.staleLog().after(mark)).isEqualTo(other.staleLog().end());
        assertThat(other.staleLog().isLike(board.staleLog())).isTrue();
        see("b", expires(NOON + 90 * DAY));
        assertThat(other.staleLog().isLike(board.staleLog())).isFalse();
    }

    @Test
    void aMidnightOfManyIsSpreadOverSweeps() {
        int many = 5_000;
        List<Service> services = IntStream.range(0, many)
                .mapToObj(i -> with(service("id" + i, "name " + i), SELDOM))
                .toList();
        board.load(services, List.of());
        ServerCertificate one = expires(NOON + 14 * DAY);
        board.results()
                .certificates(services.stream()
                        .map(service -> new SeenCertificate(service.id(), one))
                        .toList());
        clock.advance(DAY / 2);
        int slices = 0;
        while (board.counts(true).warned() < many) {
            int before = board.counts(true).warned();
            board.sweep(System.nanoTime()); // out of time immediately
            assertThat(board.counts(true).warned()).isGreaterThan(before);
            slices++;
        }

        assertThat(slices).isGreaterThanOrEqualTo(many / Segment.MAX);
        long version = board.versions().current();
        board.sweep(Long.MAX_VALUE);
        assertThat(board.versions().current()).isEqualTo(version);
    }
}
