package io.openuptimes.web.list;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.board.ByName;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Query;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of lists, without a server. */
class ListPageTest {

    private static Vertx vertx;
    private final StatusBoard board = new StatusBoard();
    private GroupOrder groupOrder = GroupOrder.BY_NAME;
    private final Lists lists = new Lists(vertx, board, () -> Future.succeededFuture(groupOrder));

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    private void load(List<Service> services, List<ServiceStatus> statuses) {
        board.load(services, statuses);
    }

    /**
     * Alpha and Beta in one group, one of them down; Gamma in another; Delta paused, Epsilon hidden, one not checked.
     */
    private void loadSome() {
        load(
                List.of(
                        with(
                                service("1", "alpha"),
                                Map.of("group", "Shop", "description", "Größe", "labels", Map.of("team", "a"))),
                        with(
                                service("2", "Beta"),
                                Map.of(
                                        "group",
                                        "Shop",
                                        "url",
                                        "http://example.com/Secret",
                                        "labels",
                                        Map.of("team", "b"))),
                        with(service("3", "gamma"), Map.of("group", "api", "labels", Map.of("team", "a"))),
                        with(service("4", "delta"), Map.of("paused", true)),
                        with(service("5", "epsilon"), Map.of("group", "Intern", "visible", false)),
                        service("6", "new")),
                List.of(up("1", 5_000), down("2", 7_000), up("3", 6_000), down("4", 4_000), up("5", 9_000)));
    }

    private static ListQuery query(String query) {
        return Objects.requireNonNull(ListQuery.parse(Query.parse(query), "service", EntryJson.STATUS_FIELDS));
    }

    private ListPage page(String query) {
        return page(lists, query, true, Disclosure.PUBLIC);
    }

    private static ListPage page(Lists lists, String query, boolean withHidden, Disclosure disclosure) {
        return await(lists.page(query(query), withHidden, disclosure));
    }

    private static List<String> names(ListPage page) {
        return page.entries().stream().map(entry -> entry.service().name()).toList();
    }

    @Test
    void withoutParametersThereIsNoPage() {
        assertThat(ListQuery.parse(Query.parse(null), "service", Set.of())).isNull();
        assertThat(ListQuery.parse(Query.parse("name=a&x=1"), "service", Set.of()))
                .isNull();
        assertThat(ListQuery.parse(Query.parse("name=a"), "name", Set.of())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=10                            | alpha Beta delta epsilon gamma new
            limit=2                             | alpha Beta
            limit=2&offset=1                    | Beta delta
            offset=100                          |
            q=                                  | alpha Beta delta epsilon gamma new
            q=ALPH                              | alpha
            q=SHOP                              | alpha Beta
            q=gr%C3%B6SSe                       | alpha
            q=secret                            |
            q=nobody                            |
            q=team=a                            | alpha gamma
            q=TEAM=                             | alpha Beta gamma
            q=eam=B                             | Beta
            q=team%3Dab                         |
            q=xteam=a                           |
            status=up                           | alpha epsilon gamma
            status=up&status=unknown            | alpha epsilon gamma new
            status=down                         | Beta
            status=paused                       | delta
            label=team=a                        | alpha gamma
            label=team&label=team!=a            | Beta
            label=!team&status=up               | epsilon
            stale=true                          |
            stale=false&status=up               | alpha epsilon gamma
            group=Shop                          | alpha Beta
            group=shop                          |
            group=                              | delta new
            group=&group=api                    | delta gamma new
            service=Beta&service=x&service=new  | Beta new
            service=beta                        |
            q=a&status=up&group=api             | gamma
            sort=name                           | alpha Beta delta epsilon gamma new
            sort=-name                          | new gamma epsilon delta Beta alpha
            sort=group                          | gamma epsilon alpha Beta delta new
            sort=-group                         | alpha Beta epsilon gamma delta new
            sort=status                         | Beta new alpha epsilon gamma delta
            sort=-status                        | delta alpha epsilon gamma new Beta
            sort=responseTime                   | alpha epsilon gamma Beta delta new
            sort=-responseTime                  | Beta delta alpha epsilon gamma new
            sort=lastChecked                    | delta alpha gamma Beta epsilon new
            sort=-since                         | epsilon Beta gamma alpha delta new
            """)
    void aListHasWhatIsAskedFor(String query, @Nullable String names) {
        loadSome();

        assertThat(names(page(query))).containsExactly(names == null ? new String[0] : names.split(" ", -1));
    }

    @Test
    void theUrlIsLookedAtOnlyForThoseWhoMay() {
        loadSome();

        assertThat(names(page(lists, "q=SECRET", true, Disclosure.WRITER))).containsExactly("Beta");
    }

    @Test
    void totalsAreOverAllThatTheCallerMaySee() {
        loadSome();

        assertThat(counts(page("q=alpha&limit=1").counts()))
                .isEqualTo(
                        "\"total\":6,\"up\":3,\"down\":1,\"unknown\":1,\"paused\":1,\"stale\":0,\"blind\":0,\"warnings\":0,\"degraded\":0,\"flapping\":0,"
                                + "\"reasons\":{\"egress\":0,\"resolver\":0,\"parent\":0}");
        ListPage without = page(lists, "limit=1", false, Disclosure.PUBLIC);
        assertThat(counts(without.counts()))
                .isEqualTo(
                        "\"total\":5,\"up\":2,\"down\":1,\"unknown\":1,\"paused\":1,\"stale\":0,\"blind\":0,\"warnings\":0,\"degraded\":0,\"flapping\":0,"
                                + "\"reasons\":{\"egress\":0,\"resolver\":0,\"parent\":0}");
        assertThat(without.matching()).isEqualTo(5);
        assertThat(without.counts().updated()).isEqualTo(7_000);
    }

    private static String counts(Counts counts) {
        StringBuilder json = new StringBuilder();
        counts.appendTo(json);
        return json.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            include=groups                       | api up 1/1, Intern up 1/1, Shop degraded 2/2,  unknown 2/2
            include=groups&sort=-group&limit=1   | api up 1/1, Intern up 1/1, Shop degraded 2/2,  unknown 2/2
            include=groups&status=down           | Shop degraded 1/2
            include=groups&q=nobody              |
            """)
    void groupsHaveTheirOwnTotals(String query, @Nullable String groups) {
        loadSome();

        assertThat(Objects.requireNonNull(page(query).groups()).stream()
                        .map(group ->
                                group.name() + " " + group.counts().overall().word() + " " + group.matching() + "/"
                                        + group.counts().total())
                        .toList())
                .containsExactly(groups == null ? new String[0] : groups.split(", ", -1));
        assertThat(page("limit=1").groups()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0               | limit: must be a whole number from 1 to 1000
            limit=1001            | limit: must be a whole number from 1 to 1000
            offset=-1             | offset: must be a whole number from 0 to 2147483647
            offset=1&cursor=x     | offset: cannot be combined with cursor
            cursor=x              | cursor: is not valid; use the one from the previous page
            cursor=%C3%A4         | cursor: is not valid; use the one from the previous page
            status=UP             | status: must be up, down, unknown or paused
            status=               | status: must be up, down, unknown or paused
            sort=colour           | sort: must be one of name, group, status, responseTime, lastChecked, since, optionally with a leading - to reverse the order
            sort=--name           | sort: must be one of name, group, status, responseTime, lastChecked, since, optionally with a leading - to reverse the order
            sort=name&sort=name   | sort: must be given only once
            include=everything    | include: must be groups or labels
            stale=yes             | stale: must be true or false
            label=a%20b           | label: must be of the form key=value, key!=value, key or !key, not a b
            fields=name,color     | fields: unknown field color; known fields: id, name, description, group, paused, interval, visible, labels, status, stale, provisional, degraded, degradedBy, confirming, flapping, reason, lastChecked, responseTime, statusCode, since, error, locations, warnings, certificate
            """)
    void whatIsWrongIsNamed(String query, String message) {
        assertThatThrownBy(() -> query(query))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage(message);
    }

    @Test
    void tooMuchIsRefused() {
        assertThat(query("q=" + "%F0%9F%98%80".repeat(200))).isNotNull();
        assertThatThrownBy(() -> query("q=" + "x".repeat(201))).hasMessage("q: must be at most 200 characters");
        assertThatThrownBy(() -> query("service=a" + "&service=a".repeat(100)))
                .hasMessage("service: must be given at most 100 times");
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        loadSome();
        String cursor = page("limit=1&sort=status").cursor();

        assertThatThrownBy(() -> query("sort=-status&cursor=" + cursor))
                .hasMessage("cursor: belongs to a list with a different sort order");
    }

    /** In every order, the pages contain each entry once, with the stated offset. */
    @ParameterizedTest
    @ValueSource(strings = {"name", "group", "status", "responseTime", "lastChecked", "since"})
    void pagesPutTogetherAreTheList(String sort) {
        Random random = new Random(7);
        List<Service> services = new ArrayList<>();
        List<ServiceStatus> statuses = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String id = "id" + i;
            String group = random.nextInt(4) == 0 ? "" : "group " + random.nextInt(20);
            services.add(with(service(id, "Name " + random.nextInt() + i), Map.of("group", group)));
            if (random.nextInt(5) > 0) {
                statuses.add(random.nextBoolean() ? up(id, 1 + random.nextInt(40)) : down(id, 1 + random.nextInt(40)));
            }
        }
        load(services, statuses);
        for (String direction : List.of("", "-")) {
            String query = "limit=37&sort=" + direction + sort;
            List<String> whole = names(page("limit=1000&sort=" + direction + sort));
            assertThat(whole).hasSize(500);
            List<String> seen = new ArrayList<>();
            ListPage page = page(query);
            while (true) {
                assertThat(page.offset()).isEqualTo(seen.size());
                seen.addAll(names(page));
                if (page.cursor() == null) {
                    break;
                }
                page = page(query + "&cursor=" + page.cursor());
            }
            assertThat(seen).isEqualTo(whole);
        }
    }

    /** Services are added, removed, renamed and checked between pages; those that stay are seen exactly once. */
    @Test
    void aCursorHoldsItsPlaceWhateverComesAndGoes() {
        Random random = new Random(11);
        List<String> staying =
                IntStream.range(0, 300).mapToObj(i -> "stays " + i).toList();
        List<String> order = new ArrayList<>(staying);
        Collections.shuffle(order, random);
        load(order.stream().map(name -> service(name, name)).toList(), List.of());
        List<String> seen = new ArrayList<>();
        String cursor = null;
        int turn = 0;
        do {
            ListPage page = page("limit=10" + (cursor == null ? "" : "&cursor=" + cursor));
            seen.addAll(names(page));
            cursor = page.cursor();
            board.services().remove("passing " + (turn - 3)); // possibly the one the cursor points to
            board.services().save(service("passing " + turn, "stays " + random.nextInt(300) + "."));
            board.results().update(List.of(up("stays " + random.nextInt(300), ++turn)));
        } while (cursor != null);

        assertThat(seen.stream().filter(staying::contains)).containsExactlyInAnyOrderElementsOf(staying);
        assertThat(seen).isSortedAccordingTo(ByName.INSTANCE);
    }

    @Test
    void theEntryOfTheCursorMayBeGone() {
        load(List.of(service("a", "a"), service("b", "b"), service("c", "c")), List.of());
        String cursor = page("limit=2").cursor();

        board.services().remove("b");

        assertThat(names(page("limit=2&cursor=" + cursor))).containsExactly("c");
    }

    @Test
    void whatIsSoughtFollowsAChange() {
        load(List.of(service("a", "old")), List.of());
        assertThat(names(page("q=new"))).isEmpty();

        board.services().save(service("a", "New"));

        assertThat(names(page("q=new"))).containsExactly("New");
    }

    @Test
    void whatIsStaleIsSortedAsTheUnknownThatItCountsAs() {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);
        StatusBoard timed = new StatusBoard(60, clock);
        timed.load(
                List.of(service("1", "a"), service("2", "b"), service("3", "c")),
                List.of(up("1", 990_000), up("2", 5_000), down("3", 990_000)));

        assertThat(names(page(
                        new Lists(vertx, timed, () -> Future.succeededFuture(groupOrder)),
                        "sort=status",
                        true,
                        Disclosure.PUBLIC)))
                .containsExactly("c", "b", "a");
    }
}
