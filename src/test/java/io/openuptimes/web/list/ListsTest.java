package io.openuptimes.web.list;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Query;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a list is cached, tested on an event loop. */
class ListsTest {

    private static Vertx vertx;
    private static Context context;
    private final AtomicLong nanos = new AtomicLong();
    private final StatusBoard board = new StatusBoard();
    /** Each clock read takes a millisecond, so that a list is cached for at least ten. */
    private final Lists lists =
            new Lists(vertx, board, () -> Future.succeededFuture(GroupOrder.BY_NAME), () -> nanos.addAndGet(1_000_000));

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void load() {
        onLoop(() -> {
            board.load(
                    List.of(service("a", "a"), service("b", "b"), service("c", "c")),
                    List.of(up("a", 1_000), up("b", 2_000), up("c", 3_000)));
            return null;
        });
    }

    private static <T> T onLoop(Callable<T> work) {
        return await(context, work);
    }

    private static ListQuery query(String query) {
        return Objects.requireNonNull(ListQuery.parse(Query.parse(query), "service", EntryJson.STATUS_FIELDS));
    }

    private Future<List<String>> names(String query) {
        return lists.page(query(query), true, Disclosure.PUBLIC).map(page -> page.entries().stream()
                .map(entry -> entry.service().name())
                .toList());
    }

    private List<String> namesNow(String query) {
        return await(onLoop(() -> names(query)));
    }

    @Test
    void anOrderByWhatChangesWithEachCheckIsKeptForAMoment() {
        assertThat(namesNow("sort=-lastChecked")).containsExactly("c", "b", "a");
        onLoop(() -> {
            board.results().update(List.of(up("a", 4_000)));
            return null;
        });

        assertThat(namesNow("sort=-lastChecked")).containsExactly("c", "b", "a");
        assertThat(namesNow("sort=-lastChecked&limit=1&offset=1"))
                .as("another page of it")
                .containsExactly("b");
        assertThat(namesNow("sort=lastChecked")).as("another list").containsExactly("b", "c", "a");

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(namesNow("sort=-lastChecked")).as("later").containsExactly("a", "c", "b");
    }

    @Test
    void anOlderOrderIsGoodEnoughWhileTheNextIsMade() throws Exception {
        assertThat(namesNow("sort=-lastChecked")).containsExactly("c", "b", "a");
        onLoop(() -> {
            board.results().update(List.of(up("a", 4_000)));
            return null;
        });
        nanos.addAndGet(15_000_000); // past the cache time, but less than twice

        assertThat(namesNow("sort=-lastChecked")).containsExactly("c", "b", "a");
        eventually(() -> assertThat(namesNow("sort=-lastChecked")).containsExactly("a", "c", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=up", "status=up&sort=-lastChecked"})
    void aChangeOfAStateIsOnTheNextPage(String query) {
        assertThat(namesNow(query)).containsExactlyInAnyOrder("a", "b", "c");

        onLoop(() -> {
            board.results().update(List.of(down("b", 4_000)));
            return null;
        });

        assertThat(namesNow(query)).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void aChangeOfAServiceIsOnTheNextPage() {
        assertThat(namesNow("q=b")).containsExactly("b");

        onLoop(() -> {
            board.services().save(service("c", "cb"));
            board.services().save(service("d", "db"));
            board.services().remove("b");
            return null;
        });

        assertThat(namesNow("q=b")).containsExactly("cb", "db");
    }

    @Test
    void whoeverAsksWhileAListIsMadeGetsThatOneUnlessItIsOutOfDateByThen() {
        int many = 20_000;
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            services.add(service("id" + i, "name " + i));
        }
        List<Future<ListPage>> pages = onLoop(() -> {
            board.load(services, List.of());
            List<Future<ListPage>> asked = new ArrayList<>();
            asked.add(lists.page(query("sort=group"), true, Disclosure.PUBLIC));
            asked.add(lists.page(query("sort=group&limit=7"), true, Disclosure.PUBLIC));
            board.services().remove("id5");
            asked.add(lists.page(query("sort=group&limit=7"), true, Disclosure.PUBLIC));
            return asked;
        });

        await(Future.all(pages));
        assertThat(pages.get(0).result().matching())
                .isEqualTo(pages.get(1).result().matching());
        assertThat(pages.get(2).result().matching()).isEqualTo(many - 1);
        assertThat(pages.get(2).result().entries())
                .hasSize(7)
                .noneMatch(entry -> entry.service().id().equals("id5"));
    }
}
