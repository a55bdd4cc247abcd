package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Passwords;
import io.openuptimes.web.access.SetupToken;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.list.Lists;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.SecurityRequirement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The endpoint table matches the OpenAPI document: same operations, same requirements for callers. */
class RoutesTest {

    private static Vertx vertx;
    private static Map<String, Endpoint> table;
    private static Map<String, Operation> document;

    @BeforeAll
    static void read() throws Exception {
        vertx = Vertx.vertx();
        Bus bus = Bus.of(vertx);
        Settings settings = SettingsReader.read(new JsonObject(), Map.of());
        Access access = new Access(vertx, settings.http(), settings.access(), SetupToken.create(), Clock.systemUTC());
        Passwords passwords = new Passwords(vertx);
        List<Endpoint> more = new ArrayList<>();
        more.addAll(new KeysHandler(bus, access, Clock.systemUTC()).endpoints());
        more.addAll(new AuthHandler(bus, access, passwords).endpoints());
        SiteCache site = new SiteCache(bus, System::nanoTime);
        more.addAll(new SetupHandler(bus, access, passwords, site, Clock.systemUTC()).endpoints());
        more.addAll(new SiteHandler(bus, site).endpoints());
        StatusBoard board = new StatusBoard();
        WebContext context = WebContext.of(
                bus,
                board,
                new Lists(vertx, board, () -> Future.succeededFuture(GroupOrder.BY_NAME)),
                Samples.streams(vertx, board),
                access,
                Clock.systemUTC(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                settings);
        table = Features.endpoints(context, more).stream()
                .collect(Collectors.toMap(Endpoint::operationId, Function.identity()));
        document = RouterBuilder.create(vertx, Contract.read(vertx).known()).getRoutes().stream()
                .map(OpenAPIRoute::getOperation)
                .collect(Collectors.toMap(Operation::getOperationId, Function.identity()));
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    @Test
    void everyOperationHasARouteAndTheOtherWayRound() {
        assertThat(table.keySet()).isEqualTo(document.keySet());
        table.forEach((id, endpoint) -> {
            assertThat(endpoint.method()).as(id).isEqualTo(document.get(id).getHttpMethod());
            assertThat(endpoint.path()).as(id).isEqualTo(document.get(id).getOpenAPIPath());
        });
    }

    @Test
    void callersNeedTheScopeThatIsWrittenDown() {
        table.forEach((id, endpoint) -> {
            String written = document.get(id).getOpenAPIModel().getString("x-scope");
            String asked = endpoint.guard().scope() == null
                    ? null
                    : endpoint.guard().scope().word();
            assertThat(asked).as(id).isEqualTo(written);
        });
    }

    @Test
    void theAuditLogHasTheActionThatIsWrittenDown() {
        table.forEach((id, endpoint) -> assertThat(endpoint.action())
                .as(id)
                .isEqualTo(document.get(id).getOpenAPIModel().getString("x-audit-action", id)));
    }

    /** Parameters that the document omits because another operation replaces them. */
    private static final Map<String, Set<String>> COMPATIBLE = Map.of(
            "getStatus", Set.of("since", "wait"),
            "listServices", Set.of("since", "wait"),
            "patchService", Set.of("label", "group", "dryRun"),
            "deleteService", Set.of("label", "group", "dryRun"));

    @Test
    void queriesHaveTheParametersThatAreWrittenDown() {
        table.forEach((id, endpoint) -> {
            Set<String> written = document.get(id).getParameters().stream()
                    .filter(parameter -> parameter.getIn() == Location.QUERY)
                    .map(Parameter::getName)
                    .collect(Collectors.toSet());
            Set<String> others = new HashSet<>(endpoint.parameters());
            others.removeAll(written);
            assertThat(endpoint.parameters()).as(id).containsAll(written);
            assertThat(COMPATIBLE.getOrDefault(id, Set.of())).as(id).containsAll(others);
        });
    }

    @Test
    void onlyProbesMayAskAsOftenAsTheyLike() {
        assertThat(table.values())
                .filteredOn(endpoint -> !endpoint.guard().callers())
                .extracting(Endpoint::path)
                .containsExactlyInAnyOrder("/healthz", "/readyz");
    }

    @Test
    void operationsAreOpenExactlyWhereTheDocumentSaysSo() {
        table.forEach((id, endpoint) -> {
            List<Set<String>> alternatives = document.get(id).getSecurityRequirements().stream()
                    .map(SecurityRequirement::getNames)
                    .toList();
            boolean open = alternatives.isEmpty() || alternatives.contains(Set.<String>of());
            assertThat(endpoint.guard().scope() == null).as(id).isEqualTo(open);
            assertThat(endpoint.guard().setupToken()).as(id).isEqualTo(alternatives.contains(Set.of("setupToken")));
            if (!endpoint.method().equals(HttpMethod.GET)) {
                assertThat(alternatives)
                        .as(id + ": a cookie alone is not enough")
                        .doesNotContain(Set.of("session"));
            }
        });
    }
}
