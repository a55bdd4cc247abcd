package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The incrementally maintained aggregates equal those of a full scan. */
class SegmentsTest {

    private final Random random = new Random(3);
    private final StatusBoard board = new StatusBoard();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, String> idsByName = new HashMap<>();
    private final Map<String, ServiceStatus> statuses = new HashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 3_000})
    void whateverComesAndGoesTheBoardIsRight(int atFirst) {
        for (int i = 0; i < atFirst; i++) {
            add(some("id" + i));
        }
        board.load(services.values(), statuses.values());
        assertBoard();

        for (int i = 0; i < 20_000; i++) {
            change(i);
            if (i % 2_000 == 0) {
                assertBoard();
            }
        }

        assertBoard();
        for (String id : List.copyOf(services.keySet())) {
            forget(id);
            board.services().remove(id);
        }
        assertBoard();
    }

    private void add(Service service) {
        String other = idsByName.get(service.name());
        if (other != null && !other.equals(service.id())) {
            forget(other);
        }
        keep(service);
    }

    private void keep(Service service) {
        forget(service.id());
        services.put(service.id(), service);
        idsByName.put(service.name(), service.id());
    }

    private void forget(String id) {
        Service gone = services.remove(id);
        if (gone != null) {
            idsByName.remove(gone.name());
        }
    }

    private Service some(String id) {
        // mostly consecutive names, so that segments fill up in one place
        String name = random.nextInt(3) == 0 ? "name " + random.nextInt() : "Name 5" + id;
        return with(
                service(id, name, random.nextInt(5) > 0),
                Map.of("group", "g" + random.nextInt(7), "paused", random.nextInt(9) == 0));
    }

    private void change(int turn) {
        String id = "id" + random.nextInt(4_000);
        int kind = random.nextInt(10);
        if (kind < 4) {
            Service service = some(id);
            if (idsByName.getOrDefault(service.name(), id).equals(id)) {
                keep(service);
                board.services().save(service);
            }
        } else if (kind < 6) {
            forget(id);
            statuses.remove(id);
            board.services().remove(id);
        } else if (services.containsKey(id)) {
            ServiceStatus status = random.nextBoolean() ? up(id, turn + 1) : down(id, turn + 1);
            statuses.put(id, status);
            board.results().update(List.of(status));
        }
    }

    private void assertBoard() {
        TreeMap<String, Service> ordered = new TreeMap<>(ByName.INSTANCE);
        services.values().forEach(service -> ordered.put(service.name(), service));
        assertThat(board.size()).isEqualTo(services.size());
        assertThat(board.entries()).extracting(BoardEntry::service).containsExactlyElementsOf(ordered.values());
        for (boolean withHidden : new boolean[] {true, false}) {
            List<BoardEntry> seen = new ArrayList<>(board.entries());
            seen.removeIf(entry -> !withHidden && !entry.service().visible());
            Counts counts = new Counts();
            seen.forEach(counts::add);
            assertThat(board.counts(withHidden)).usingRecursiveComparison().isEqualTo(counts);
            int from = random.nextInt(seen.size() + 1);
            int to = Math.min(seen.size(), from + 100);
            assertThat(board.range(from, to, withHidden)).isEqualTo(seen.subList(from, to));
            if (from < to) {
                String name = seen.get(from).service().name();
                assertThat(board.rank(name, false, withHidden)).isEqualTo(from);
                assertThat(board.rank(name, true, withHidden)).isEqualTo(from + 1);
                assertThat(board.find(name)).isSameAs(seen.get(from));
            }
        }
        Map<String, Integer> groups = new HashMap<>();
        services.values().forEach(service -> groups.merge(service.group(), 1, Integer::sum));
        assertThat(board.groups()).hasSameSizeAs(groups);
        board.groups()
                .forEach((name, tally) -> assertThat(tally.of(true).total()).isEqualTo(groups.get(name)));
    }
}
