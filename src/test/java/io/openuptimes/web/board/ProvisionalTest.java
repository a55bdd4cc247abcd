package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.event;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.testing.ManualClock;
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
        board.upTo(event(1));
        board.storeReachable(true);
        board.held(Set.of(Partition.of("a")));
    }

    private List<ProvisionalChange> announceAfter(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        return board.announce(Long.MAX_VALUE);
    }

    private BoardEntry entry() {
        return Objects.requireNonNull(board.findById("a"));
    }

    private String shown() {
        board.showAtOnce();
        return board.answers().status(true).body().toString();
    }

    private static ServiceStatus downSince(long since, long lastChecked) {
        ServiceStatus status = down("a", lastChecked);
        return status.since(since);
    }

    @Test
    void aChangedStatusIsProvisionalUntilItsTransitionIsStored() {
        board.judged(List.of(down("a", NOW + 1)));

        assertThat(shown()).contains("\"status\":\"down\",\"provisional\":true,\"lastChecked\":" + (NOW + 1));
        assertThat(board.counts(true).of(Shown.DOWN)).isEqualTo(1);

        board.judged(List.of(down("a", NOW + 60_000))); // the next check
        assertThat(entry().status().since()).isEqualTo(NOW + 1);
        board.update(List.of(down("a", NOW + 1)));

        assertThat(shown()).contains("\"status\":\"down\",\"lastChecked\":" + (NOW + 60_000));
        assertThat(board.takeWithdrawn()).isFalse();
    }

    @Test
    void aResultWithTheSameStatusIsNotProvisional() {
        board.judged(List.of(up("a", NOW + 5)));

        assertThat(entry().status()).isEqualTo(up("a", NOW + 5).since(NOW));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(announceAfter(5_000)).isEmpty();
    }

    @Test
    void aVerdictOlderThanTheShownStatusHasNoEffect() {
        board.judged(List.of(down("a", NOW - 1)));

        assertThat(shown()).doesNotContain("provisional", "down");
    }

    @Test
    void aChangeConfirmedWithinASecondIsNotAnnounced() {
        BoardPoint before = board.point();
        board.judged(List.of(down("a", NOW + 1)));
        assertThat(announceAfter(999)).isEmpty();
        board.update(List.of(down("a", NOW + 1)));

        assertThat(announceAfter(10_000)).isEmpty();
        assertThat(board.point()).hasToString(String.valueOf(before));
    }

    @Test
    void aChangeUnconfirmedForASecondIsAnnouncedOnceAndChangesTheCursorUntilItIsConfirmed() {
        BoardPoint before = Objects.requireNonNull(board.point());
        board.judged(List.of(down("a", NOW + 1)));

        assertThat(announceAfter(1_000)).singleElement().satisfies(change -> {
            assertThat(change.from().word()).isEqualTo("up");
            assertThat(change.status()).isEqualTo(down("a", NOW + 1));
        });
        assertThat(announceAfter(1_000)).isEmpty();
        BoardPoint announced = Objects.requireNonNull(board.point());
        assertThat(announced).isNotEqualTo(before);
        assertThat(board.staleLog().after(before.stale()))
                .isLessThan(board.staleLog().end());

        board.update(List.of(down("a", NOW + 1)));

        assertThat(board.staleLog().after(announced.stale()))
                .isLessThan(board.staleLog().end());
        assertThat(Objects.requireNonNull(Objects.requireNonNull(board.point()).stale())
                        .state())
                .isZero();
        assertThat(board.takeWithdrawn()).isFalse();
    }

    @Test
    void aSecondChangeReplacesAnUnconfirmedOne() {
        board.judged(List.of(down("a", NOW + 1)));
        assertThat(announceAfter(1_000)).hasSize(1);
        board.judged(List.of(up("a", NOW + 2)));

        assertThat(announceAfter(999)).isEmpty();
        assertThat(announceAfter(1))
                .singleElement()
                .satisfies(change -> assertThat(change.from().word()).isEqualTo("down"));
        board.update(List.of(down("a", NOW + 1)));
        assertThat(shown()).contains("provisional");
        board.update(List.of(up("a", NOW + 2)));

        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.takeWithdrawn()).isFalse();
    }

    @Test
    void aCorrectionReplacesEvenANewerVerdictAndWithdrawsTheAnnouncedChange() {
        board.judged(List.of(down("a", NOW + 1)));
        board.corrected(List.of(up("a", NOW)));
        assertThat(board.takeWithdrawn()).isFalse();

        board.judged(List.of(down("a", NOW + 2)));
        announceAfter(1_000);
        board.corrected(List.of(up("a", NOW)));

        assertThat(entry().status()).isEqualTo(up("a", NOW));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.takeWithdrawn()).isTrue();
        assertThat(board.takeWithdrawn()).isFalse();
    }

    @Test
    void aLoadWithoutTheVerdictDoesNotHideIt() {
        board.judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        BoardPoint announced = Objects.requireNonNull(board.point());

        board.load(List.of(service), List.of(up("a", NOW)));

        assertThat(shown()).contains("\"status\":\"down\",\"provisional\":true");
        assertThat(board.point()).isEqualTo(announced);
        assertThat(board.takeWithdrawn()).isFalse();
        board.update(List.of(down("a", NOW + 1)));
        assertThat(shown()).doesNotContain("provisional");
    }

    @Test
    void aLoadConfirmsTheVerdictWithoutALossForClients() {
        board.judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        board.judged(List.of(down("a", NOW + 60_000)));
        BoardPoint announced = Objects.requireNonNull(board.point());

        board.load(List.of(service), List.of(down("a", NOW + 1)));

        assertThat(entry().status()).isEqualTo(downSince(NOW + 1, NOW + 60_000));
        assertThat(shown()).doesNotContain("provisional");
        assertThat(board.takeWithdrawn()).isFalse();
        assertThat(board.staleLog().after(announced.stale())).isNotNegative();
    }

    @Test
    void aLoadReplacesTheVerdictOnceAnotherNodeChecksTheService() {
        board.judged(List.of(down("a", NOW + 1)));
        announceAfter(1_000);
        board.held(Set.of());

        board.load(List.of(service), List.of(up("a", NOW)));

        assertThat(entry().status()).isEqualTo(up("a", NOW));
        assertThat(board.takeWithdrawn()).isTrue();
    }

    @Test
    void ownResultsNewerThanTheLoadedOnesStay() {
        board.judged(List.of(up("a", NOW + 60_000)));
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
        board.held(Set.of(Partition.of("a"), Partition.of("l")));
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
        board.storeReachable(reachable);
        board.markBlind(vertx); // at once, as the board is small
        vertx.close();
    }
}
