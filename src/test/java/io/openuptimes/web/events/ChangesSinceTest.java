package io.openuptimes.web.events;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.web.Samples.event;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Event;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.web.Samples;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services that became stale are reported exactly once, also to callers coming from another board. */
class ChangesSinceTest {

    private static final long NOW = 1_700_000_000_000L;
    /** Two intervals of a minute plus ten seconds. */
    private static final long LIMIT = 130_000;

    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = new ManualClock(NOW);

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** The state of one event loop. */
    private final class Node {

        private final StatusBoard board = new StatusBoard(60, clock);
        private final EventStreams streams = Samples.streams(vertx, board);

        Node(List<Service> services, List<ServiceStatus> statuses) {
            board.load(services, statuses);
            board.progress().upTo(event(1));
            streams.restart();
        }

        void sweep() {
            board.sweep(Long.MAX_VALUE);
        }

        void fresh(String... ids) {
            for (String id : ids) {
                board.results().update(List.of(up(id, clock.millis())));
            }
        }

        String point() {
            return String.valueOf(board.progress().point());
        }

        ChangesSince since(String known, int limit) {
            return streams.since(BoardPoint.parse(known), ChangeFilter.ALL, Sight.PUBLIC, limit);
        }

        Changes read(String known) {
            ChangesSince changes = since(known, 100);
            boolean any = changes.isAny();
            Changes read = changes.read();
            assertThat(changes.isAny()).isEqualTo(any);
            if (!read.reset()) {
                assertThat(any).isEqualTo(!read.changed().isEmpty());
            }
            return read;
        }
    }

    private static List<Service> services(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> service("s" + i, "s" + i, i != 3))
                .toList();
    }

    private static List<ServiceStatus> checkedAt(long at, int count) {
        return IntStream.range(0, count).mapToObj(i -> up("s" + i, at)).toList();
    }

    private static List<String> told(Changes changes) {
        assertThat(changes.reset()).isFalse();
        assertThat(changes.gone()).isEmpty();
        return changes.changed().stream()
                .map(entry -> entry.service().name() + (entry.isStale() ? " stale" : ""))
                .toList();
    }

    @Test
    void anOutageOfANodeIsNoChangeOfServices() {
        Node node = new Node(services(2), checkedAt(NOW, 2));
        BoardPoint start = BoardPoint.parse(node.point());
        node.streams.happened(
                new Event.NodeTurned(event(2), "run", "berlin-1", new NodeOutage(Outcome.EGRESS, NOW, null)));

        ChangesSince since = node.streams.since(start, ChangeFilter.ALL, Sight.EVERYTHING, 100);

        assertThat(since.isAny()).isFalse();
        Changes changes = since.read();
        assertThat(changes.reset()).isFalse();
        assertThat(changes.gone()).isEmpty();
        assertThat(changes.changed()).isEmpty();
    }

    @Test
    void whoBecomesStaleIsToldOnceAndSoIsWhoIsFreshAgain() {
        Node node = new Node(services(4), checkedAt(NOW, 4));
        String start = node.point();
        assertThat(start).isEqualTo("1-0");
        ChangesSince waiting = node.since(start, 100);
        assertThat(waiting.isAny()).isFalse();
        clock.advance(LIMIT + 1);
        node.fresh("s1");
        node.sweep();

        assertThat(waiting.isAny()).isTrue();
        Changes stale = node.read(start);
        assertThat(told(stale)).containsExactly("s0 stale", "s2 stale"); // s3 is hidden
        assertThat(told(node.read(stale.upTo().toString()))).isEmpty();
        assertThat(stale.upTo().toString()).isEqualTo(node.point());

        node.fresh("s0", "s3");
        Changes fresh = node.read(stale.upTo().toString());
        assertThat(told(fresh)).containsExactly("s0");
        assertThat(told(node.read(fresh.upTo().toString()))).isEmpty();
        assertThat(told(node.read(start))).containsExactlyInAnyOrder("s0", "s2 stale");
    }

    @Test
    void whoGoesToAnotherBoardIsToldWhatIsDifferentThere() {
        Node first = new Node(services(3), checkedAt(NOW, 3));
        Node second = new Node(services(3), checkedAt(NOW, 3));
        clock.advance(LIMIT + 1);
        first.fresh("s0");
        second.fresh("s0");
        first.sweep();
        String ofFirst = first.read(first.point()).upTo().toString();
        assertThat(told(second.read(ofFirst.substring(0, ofFirst.indexOf('.')))))
                .isEmpty(); // it has not swept yet
        assertThat(second.read(ofFirst).reset()).isTrue(); // it does not know the services meant by the other one
        ChangesSince waiting = second.since(ofFirst, 100);
        assertThat(waiting.isAny()).isFalse(); // and may learn of them
        second.sweep();
        assertThat(waiting.isAny()).isFalse();

        Changes there = second.read(ofFirst);
        assertThat(told(there)).isEmpty();
        assertThat(told(first.read(there.upTo().toString()))).isEmpty();
        first.fresh("s2");
        second.fresh("s2");
        assertThat(waiting.isAny()).isTrue();
        assertThat(told(second.read(ofFirst))).containsExactly("s2");
    }

    @Test
    void aRestartIsNoChangeAndWhoBecameStaleMeanwhileIsTold() {
        Node before = new Node(services(3), checkedAt(NOW, 3));
        String nobody = before.point();
        clock.advance(LIMIT + 1);
        before.fresh("s0", "s1");
        before.sweep();
        String one = before.point();
        clock.advance(LIMIT + 1);
        List<ServiceStatus> statuses = List.of(up("s0", clock.millis()), up("s1", NOW + LIMIT + 1), up("s2", NOW));

        Node same = new Node(services(3), List.of(up("s0", clock.millis()), up("s1", clock.millis()), up("s2", NOW)));
        assertThat(told(same.read(one))).isEmpty();
        Node more = new Node(services(3), statuses);
        assertThat(told(more.read(nobody))).containsExactly("s1 stale", "s2 stale");
        Node none = new Node(services(3), checkedAt(clock.millis(), 3));
        assertThat(none.read(one).reset()).isTrue();
        assertThat(none.read(nobody).reset()).isFalse();
        assertThat(told(none.read(none.read(one).upTo().toString()))).isEmpty();
    }

    @Test
    void aLoadThatFindsTheSameGoesOn() {
        Node node = new Node(services(3), checkedAt(NOW, 3));
        clock.advance(LIMIT + 1);
        node.fresh("s0");
        node.sweep();
        String known = node.point();
        node.board.load(services(3), List.of(up("s0", clock.millis()), up("s1", NOW), up("s2", NOW)));
        assertThat(node.point()).isEqualTo(known);

        node.board.load(services(3), checkedAt(clock.millis(), 3));

        assertThat(node.read(known).reset()).isTrue();
    }

    @Test
    void moreThanTheLimitComesInTheNextAnswersWhateverHappensMeanwhile() {
        Node node = new Node(services(3), checkedAt(NOW, 3));
        String start = node.point();
        clock.advance(LIMIT + 1);
        node.sweep();

        Changes first = node.since(start, 1).read();
        assertThat(told(first)).containsExactly("s0 stale");
        assertThat(first.more()).isTrue();
        node.fresh("s0", "s1", "s2");
        clock.advance(LIMIT + 1);
        node.fresh("s1", "s2");
        node.sweep();
        List<String> told = new ArrayList<>();
        Changes page = first;
        while (page.more()) {
            page = node.since(page.upTo().toString(), 1).read();
            told.addAll(told(page));
        }

        assertThat(told).contains("s0 stale", "s1", "s2");
        assertThat(told(node.read(page.upTo().toString()))).isEmpty();
        Node other = new Node(services(3), checkedAt(NOW, 3));
        assertThat(other.read(first.upTo().toString()).reset()).isTrue(); // partially delivered, by another board
    }

    @Test
    void eventsComeFirstAndTheRestAfterThem() {
        Node node = new Node(services(3), checkedAt(NOW, 3));
        String start = node.point();
        clock.advance(LIMIT + 1);
        node.sweep();
        ServiceStatus down = Samples.down("s2", clock.millis());
        node.board.results().update(List.of(down));
        node.board.progress().upTo(event(2));
        node.streams.happened(new Event.Turned(
                event(2),
                new Transition("s2", Status.UP, Status.DOWN, clock.millis(), Outcome.TIMEOUT, "no answer", null),
                down,
                Event.Visibility.PUBLIC));

        Changes first = node.since(start, 1).read();
        assertThat(told(first)).containsExactly("s2");
        Changes second = node.since(first.upTo().toString(), 1).read();
        Changes third = node.since(second.upTo().toString(), 2).read();

        assertThat(told(second)).containsExactly("s0 stale");
        assertThat(told(third)).containsExactly("s1 stale", "s2");
        assertThat(told(node.read(third.upTo().toString()))).isEmpty();
        assertThat(told(node.read(start))).containsExactly("s2", "s0 stale", "s1 stale");
    }

    @Test
    void tooManyAtOnceAreAReset() {
        int many = 10_010;
        Node node = new Node(services(many), checkedAt(NOW, many));
        String start = node.point();
        clock.advance(LIMIT + 1);
        node.sweep();

        assertThat(node.since(start, 100).isAny()).isTrue();
        assertThat(node.read(start).reset()).isTrue();
        assertThat(told(node.read(node.point()))).isEmpty();
        Node again = new Node(services(many), checkedAt(NOW, many));
        assertThat(told(again.read(node.point()))).isEmpty();
        assertThat(again.read(start).reset()).isTrue();
    }

    @Test
    void whatIsRemovedIsLeftToItsEvent() {
        Node node = new Node(services(3), checkedAt(NOW, 3));
        clock.advance(LIMIT + 1);
        node.sweep();
        String known = node.point();
        node.board.services().remove("s0");
        assertThat(told(node.read(known))).isEmpty();
        node.board.services().save(Samples.with(service("s1", "s1"), Map.of("paused", true)));

        assertThat(told(node.read(known))).containsExactly("s1");
    }
}
