package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.event;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.web.http.Slices;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node's own verdicts show at once and are provisional until they are stored. */
class ProvisionalTest {

    private static final long NOW = 1_700_000_000_000L;

    private final ManualClock clock = new ManualClock(NOW);
    private long nanos;
    private final StatusBoard board = new StatusBoard(60, clock, () -> nanos);
    private final Service service = service("a", "a");

    @BeforeEach
    void load() {
        board.load(List.of(service), List.of(up("a", NOW)));
        board.progress().upTo(event(1));
        board.outlook().storeReachable(true);
        board.outlook().held(Set.of(Partition.of("a")));
    }

    private List<ProvisionalChange> announceAfter(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        return board.results().announce(Long.MAX_VALUE);
    }

    private BoardEntry entry() {
        return Objects.requireNonNull(board.findById("a"));
    }

    private String shown() {
        board.versions().showAtOnce();
        return board.answers().status(true).body().toString();
    }

    private static ServiceStatus downSince(long since, long lastChecked) {
        ServiceStatus status = down("a", lastChecked);
        return status.since(since);
    }

    @Test
    void aChangedStatusIsProvisionalUntilItsTransitionIsStored() {
        board.results().judged(List.of(down("a", NOW + 1)));

        assertThat(shown()).contains("\"status\":\"down\",\"provisional\":true,\"lastChecked\":" + (NOW + 1));
        assertThat(board.counts(true).of(Shown.DOWN)).isEqualTo(1);

        board.results().judged(List.of(down("a", NOW + 60_000))); // the next check
        assertThat(entry().status().since()).isEqualTo(NOW + 1);
        board.results().update(List.of(down("a", NOW + 1)));

        assertThat(shown()).contains("\"status\":\"down\",\"lastChecked\":" + (NOW + 60_000));
        assertThat(board.results().takeWithdrawn()).isFalse();
    }

    @Test
    void aResultWithTheSameStatusIsNotProvisional() {
        board.results().judged(List.of(up("a", NOW + 5)));

        assertThat(entry().status()).isEqualTo(up("a", NOW + 5).since(NOW));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(announceAfter(5_000)).isEmpty();
    }

    @Test
    void aVerdictOlderThanTheShownStatusHasNoEffect() {
        board.results().judged(List.of(down("a", NOW - 1)));

        assertThat(shown()).doesNotContain("provisional", "down");
    }

    @Test
    void aChangeConfirmedWithinASecondIsNotAnnounced() {
        BoardPoint before = board.progress().point();
        board.results().judged(List.of(down("a", NOW + 1)));
        assertThat(announceAfter(999)).isEmpty();
        board.results().update(List.of(down("a", NOW + 1)));

        assertThat(announceAfter(10_000)).isEmpty();
        assertThat(board.progress().point()).hasToString(String.valueOf(before));
    }

    @Test
    void aChangeUnconfirmedForASecondIsAnnouncedOnceAndChangesTheCursorUntilItIsConfirmed() {
        BoardPoint before = Objects.requireNonNull(board.progress().point());
        board.results().judged(List.of(down("a", NOW + 1)));

        assertThat(announceAfter(1_000)).singleElement().satisfies(change -> {
            assertThat(change.from().word()).isEqualTo("up");
            assertThat(change.status()).isEqualTo(down("a", NOW + 1));
        });
        assertThat(announceAfter(1_000)).isEmpty();
        BoardPoint announced = Objects.requireNonNull(board.progress().point());
        assertThat(announced).isNotEqualTo(before);
        assertThat(board.staleLog().after(before.stale()))
                .isLessThan(board.staleLog().end());

        board.results().update(List.of(down("a", NOW + 1)));

        assertThat(board.staleLog().after(announced.stale()))
                .isLessThan(board.staleLog().end());
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(board.progress().point()).stale())
                        .state())
                .isZero();
        assertThat(board.results().takeWithdrawn()).isFalse();
    }

    @Test
    void aSecondChangeReplacesAnUnconfirmedOne() {
        board.results().judged(List.of(down("a", NOW + 1)));
        assertThat(announceAfter(1_000)).hasSize(1);
        board.results().judged(List.of(up("a", NOW + 2)));

        assertThat(announceAfter(999)).isEmpty();
        assertThat(announceAfter(1))
                .singleElement()
                .satisfies(change -> assertThat(change.from().word()).isEqualTo("down"));
        board.results().update(List.of(down("a", NOW + 1)));
        assertThat(shown()).contains("provisional");
        board.results().update(List.of(up("a", NOW + 2)));

        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.results().takeWithdrawn()).isFalse();
    }

    @Test
    void aCorrectionReplacesEvenANewerVerdictAndWithdrawsTheAnnouncedChange() {
        board.results().judged(List.of(down("a", NOW + 1)));
        correct(up("a", NOW), NOW + 1);
        assertThat(board.results().takeWithdrawn()).isFalse();

        board.results().judged(List.of(down("a", NOW + 2)));
        announceAfter(1_000);
        correct(up("a", NOW), NOW + 2);

        assertThat(entry().status()).isEqualTo(up("a", NOW));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.results().takeWithdrawn()).isTrue();
        assertThat(board.results().takeWithdrawn()).isFalse();
    }

    private void correct(ServiceStatus stored, long judgedAt) {
        board.results().corrected(List.of(new Correction(stored, judgedAt)));
    }

    @Test
    void aCorrectionDoesNotReplaceALaterVerdictWhichThenChangesTheStoredStatus() {
        board.results().judged(List.of(down("a", NOW + 1)));
        board.results().judged(List.of(down("a", NOW + 2)));
        correct(up("a", NOW), NOW + 1);

        assertThat(entry().status()).isEqualTo(down("a", NOW + 2));
        assertThat(shown()).contains("provisional");
        board.results().update(List.of(down("a", NOW + 2)));
        assertThat(shown()).doesNotContain("provisional");
    }

    @Test
    void aLaterVerdictWithTheStatusOfTheCorrectionContinuesItAndIsNotProvisional() {
        board.results().judged(List.of(down("a", NOW + 1)));
        board.results().judged(List.of(down("a", NOW + 5)));
        announceAfter(1_000);
        correct(downSince(NOW - 7, NOW - 3), NOW + 1);

        assertThat(entry().status()).isEqualTo(downSince(NOW - 7, NOW + 5));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.results().takeWithdrawn()).isTrue();
    }

    @Test
    void aChangeJudgedAfterTheCorrectedVerdictStaysAsItIs() {
        board.results().judged(List.of(up("a", NOW + 1)));
        board.results().judged(List.of(down("a", NOW + 2)));
        announceAfter(1_000);
        board.results().judged(List.of(down("a", NOW + 3)));
        correct(up("a", NOW), NOW + 1);

        assertThat(entry().status()).isEqualTo(downSince(NOW + 2, NOW + 3));
        assertThat(shown()).contains("provisional");
        assertThat(board.results().takeWithdrawn()).isFalse();
    }

    @Test
    void aCorrectionThatArrivesAfterALaterStoredStatusHasNoEffect() {
        board.results().judged(List.of(down("a", NOW + 1)));
        board.results().update(List.of(down("a", NOW + 1)));
        board.results().update(List.of(down("a", NOW + 2)));
        correct(up("a", NOW), NOW + 1);

        assertThat(entry().status().status().word()).isEqualTo("down");
        assertThat(shown()).doesNotContain("provisional");
    }

    @Test
    void theMarkOfAPausedServiceEndsWhenItsResultIsLost() {
        board.results().judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        board.services().save(with(service, Map.of("paused", true)));
        board.load(List.of(with(service, Map.of("paused", true))), List.of(up("a", NOW)));
        correct(up("a", NOW), NOW + 1);

        assertThat(entry().status()).isEqualTo(up("a", NOW));
        assertThat(shown()).contains("\"paused\":true").doesNotContain("provisional");
        assertThat(announceAfter(10_000)).isEmpty();
        assertThat(board.results().takeWithdrawn()).isTrue();
    }

    @Test
    void aLoadWithoutTheVerdictDoesNotHideIt() {
        board.results().judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        BoardPoint announced = Objects.requireNonNull(board.progress().point());

        board.load(List.of(service), List.of(up("a", NOW)));

        assertThat(shown()).contains("\"status\":\"down\",\"provisional\":true");
        assertThat(board.progress().point()).isEqualTo(announced);
        assertThat(board.results().takeWithdrawn()).isFalse();
        board.results().update(List.of(down("a", NOW + 1)));
        assertThat(shown()).doesNotContain("provisional");
    }

    @Test
    void aLoadConfirmsTheVerdictWithoutALossForClients() {
        board.results().judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        board.results().judged(List.of(down("a", NOW + 60_000)));
        BoardPoint announced = Objects.requireNonNull(board.progress().point());

        board.load(List.of(service), List.of(down("a", NOW + 1)));

        assertThat(entry().status()).isEqualTo(downSince(NOW + 1, NOW + 60_000));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.results().takeWithdrawn()).isFalse();
        assertThat(board.staleLog().after(announced.stale())).isNotNegative();
    }

    @Test
    void aLoadReplacesTheVerdictOnceAnotherNodeChecksTheService() {
        board.results().judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        board.outlook().held(Set.of());

        board.load(List.of(service), List.of(up("a", NOW)));

        assertThat(entry().status()).isEqualTo(up("a", NOW));
        assertThat(board.results().takeWithdrawn()).isTrue();
    }

    @Test
    void ownResultsNewerThanTheLoadedOnesStay() {
        board.results().judged(List.of(up("a", NOW + 60_000)));
        Contents before = board.contents();
        board.load(List.of(service), List.of(up("a", NOW)));

        Slices.runAtOnce(new KeptVerdicts(before, board));

        assertThat(entry().status()).isEqualTo(up("a", NOW + 60_000).since(NOW));
    }

    @Test
    void withoutTheStoreANodeIsBlindForServicesOfOtherNodes() {
        Service paused = with(service("p", "p"), Map.of("paused", true));
        Service located = with(service("l", "l"), Map.of("locations", List.of("eu")));
        board.load(List.of(service, service("b", "b"), paused, located), List.of(up("a", NOW), up("b", NOW)));
        board.outlook().held(Set.of(Partition.of("a"), Partition.of("l")));
        assertThat(Partition.of("b")).isNotIn(Partition.of("a"), Partition.of("l"));

        blindUnless(false);

        assertThat(board.counts(true).blind()).isEqualTo(2);
        assertThat(shown())
                .contains("{\"name\":\"a\",\"description\":\"\",\"status\":\"up\",\"lastChecked\"")
                .contains("{\"name\":\"b\",\"description\":\"\",\"status\":\"up\",\"reason\":\"store\"")
                .contains("{\"name\":\"l\",\"description\":\"\",\"status\":\"unknown\",\"reason\":\"store\"");

        clock.advance(TimeUnit.HOURS.toMillis(1));
        board.sweep(Long.MAX_VALUE);
        assertThat(shown())
                .contains("\"status\":\"up\",\"stale\":true,\"reason\":\"stale\"")
                .contains("\"status\":\"up\",\"stale\":true,\"reason\":\"store\"");

        blindUnless(true);
        assertThat(board.counts(true).blind()).isZero();
        assertThat(shown()).doesNotContain("\"reason\":\"store\"");
    }

    private void blindUnless(boolean reachable) {
        Vertx vertx = Vertx.vertx();
        board.outlook().storeReachable(reachable);
        board.outlook().mark(vertx); // at once, as the board is small
        vertx.close();
    }
}
