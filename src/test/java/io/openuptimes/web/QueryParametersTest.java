package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters of every operation: unknown ones, defaults, and ignored ones. */
class QueryParametersTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    /** An operation and what is needed to call it. */
    private record Call(
            Operation operation,
            List<String> needed,
            @Nullable String body) {

        String id() {
            return operation.getOperationId();
        }

        String path(List<String> more) {
            List<String> all = Stream.concat(needed.stream(), more.stream()).toList();
            String path = operation.getOpenAPIPath().replaceAll("\\{\\w+}", "a");
            return all.isEmpty() ? path : path + "?" + String.join("&", all);
        }

        Answer send(List<String> more) {
            return api.call(operation.getHttpMethod().name(), path(more), body);
        }

        @Override
        public String toString() {
            return id();
        }
    }

    /** The parameters without which a GET is rejected with 400. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "findHistory", List.of("service=a"),
            "getResponseTimes", List.of("service=a"),
            "getUptime", List.of("service=a"),
            "getStatusChanges", List.of("since=1-1"),
            "getServiceChanges", List.of("since=1-1"));

    private static List<Operation> operations = List.of();

    @BeforeAll
    static void read() {
        Vertx vertx = Vertx.vertx();
        operations = Contract.read(vertx).known().operations();
        await(vertx.close());
        api.create("a", api.url(200));
        api.call("POST", "/api/setup/complete", "{}");
    }

    private static Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.getOperationId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Every operation without side effects. */
    static Stream<Call> safe() {
        Stream<Call> reads = operations.stream()
                .filter(operation -> operation.getHttpMethod().equals(HttpMethod.GET))
                .filter(operation -> !operation.getOperationId().equals("streamEvents")) // no defaults
                .map(operation ->
                        new Call(operation, REQUIRED.getOrDefault(operation.getOperationId(), List.of()), null));
        String same = "{\"url\": \"" + api.url(200) + "\"}";
        Stream<Call> changes = Stream.of(
                new Call(operation("patchService"), List.of("name=a"), same),
                new Call(operation("patchService"), List.of("group=none"), same),
                new Call(operation("deleteService"), List.of("group=none"), null),
                new Call(operation("patchServices"), List.of("group=none"), same),
                new Call(operation("deleteServices"), List.of("group=none"), null),
                new Call(operation("applyServices"), List.of(), "[]"));
        return Stream.concat(reads, changes);
    }

    /** {@code name=value} for each parameter with a default. */
    private static List<String> defaults(Operation operation) {
        List<String> defaults = new ArrayList<>();
        for (Parameter parameter : operation.getParameters()) {
            Object value = parameter.getSchema().get("default");
            if (parameter.getIn() == Location.QUERY && value != null) {
                defaults.add(parameter.getName() + "=" + encoded(String.valueOf(value)));
            }
        }
        return defaults;
    }

    @ParameterizedTest
    @MethodSource("safe")
    void theDefaultsOfTheDocumentMayBeSent(Call call) {
        int without = call.send(List.of()).status();
        List<String> defaults = defaults(call.operation());
        List<List<String>> queries = new ArrayList<>();
        defaults.forEach(one -> queries.add(List.of(one)));
        queries.add(defaults);
        for (List<String> query : queries) {
            Answer answer = call.send(query);
            assertThat(answer.status())
                    .as(call.path(query) + " " + answer.text())
                    .isEqualTo(without);
        }
        assertThat(without).isNotEqualTo(400);
    }

    @Test
    void mostOfTheDefaultsAreTried() {
        assertThat(safe().flatMap(call -> defaults(call.operation()).stream())
                        .distinct()
                        .map(text -> text.replaceAll("=.*", "")))
                .contains("limit", "offset", "sort", "dryRun", "secrets", "points", "from");
    }

    @ParameterizedTest
    @MethodSource("safe")
    void anUnknownParameterIsNamedBesidesThoseThatThereAre(Call call) {
        Answer answer = call.send(List.of("%66oo=1"));

        if (call.operation().getOpenAPIPath().matches("/(health|ready)z")) {
            assertThat(answer.status()).isEqualTo(200); // probes ignore unknown parameters
            return;
        }
        assertThat(answer.status()).isEqualTo(400);
        List<String> known = call.operation().getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .toList();
        assertThat(answer.message()).startsWith("foo: unknown parameter; ");
        known.forEach(name -> assertThat(answer.message()).contains(name));
    }

    @ParameterizedTest
    @MethodSource("safe")
    void whatCachesAndCampaignsAddIsPassedOver(Call call) {
        assertThat(call.send(List.of("_=123", "utm_source=a", "utm_", "")).status())
                .isEqualTo(call.send(List.of()).status());
    }

    @Test
    void anUnknownParameterIsRefusedBeforeAnythingIsDone() {
        assertThat(api.call("DELETE", "/api/services/by-name/a?force=true", (String) null)
                        .message())
                .isEqualTo("force: unknown parameter; none are allowed here");
        assertThat(api.call("POST", "/api/services?dryRun=true", "{}").message())
                .isEqualTo("dryRun: unknown parameter; none are allowed here");
        assertThat(api.getWithKey("/api/services/by-name/a").status()).isEqualTo(200);
    }

    @Test
    void whoMayNotCallIsNotToldOfParameters() {
        assertThat(api.get("/api/services?foo=1").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?_=123", "?utm_source=mail&_=9", "?", "?&"})
    void aCacheBusterChangesNothingOfThePlainStatus(String query) throws Exception {
        eventually(
                () -> { // the first check has ended and was reported
                    Answer plain = api.get("/api/status");

                    Answer answer = api.get("/api/status" + query);

                    assertThat(answer.text()).isEqualTo(plain.text());
                    assertThat(answer.header("ETag")).isEqualTo(plain.header("ETag"));
                    assertThat(answer.header("OpenUptimes-Event")).isEqualTo(plain.header("OpenUptimes-Event"));
                    assertThat(api.get("/api/status" + query, "If-None-Match", String.valueOf(plain.header("ETag")))
                                    .status())
                            .isEqualTo(304);
                });
    }

    @Test
    void defaultsMayComeTogetherWithSinceAndWithACursor() {
        api.create("b", api.url(200));
        String cursor = api.getWithKey("/api/status?limit=1").json().getString("cursor");

        Answer changes = api.getWithKey("/api/status?since=1-1&offset=0&sort=name&limit=100");
        assertThat(changes.json().fieldNames()).contains("removed");
        assertThat(api.getWithKey("/api/status?limit=1&offset=0&sort=name&cursor=" + encoded(cursor))
                        .json()
                        .getJsonArray("services"))
                .hasSize(1);
        api.call("DELETE", "/api/services?name=b", (String) null);
    }

    @ParameterizedTest
    @CsvSource({"1001, 1000", "99999999999999999999, 1000", "9, 10", "0, 10", "-5, 10", "10, 10", "1000, 1000"})
    void pointsAreCutToTheBounds(String points, int as) {
        String path = "/api/response-times?service=a&from=0&to=30000000000&points=";

        Answer answer = api.get(path + points);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().getLong("step"))
                .isEqualTo(api.get(path + as).json().getLong("step"));
    }
}
