package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.testing.HalfRequest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request half sent when its credentials are revoked gets a 401 and changes nothing, for every operation. */
class HalfSentTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    /** Open to everyone, or without a body for authorized callers. */
    private static final Set<String> WITHOUT_A_RIGHT = Set.of("login", "logout");

    private static Vertx vertx;
    private static Contract contract;
    private static Callers callers;

    private String id = "";

    @BeforeAll
    static void read() {
        vertx = Vertx.vertx();
        contract = Contract.read(vertx);
        callers = new Callers(api);
        callers.setPassword();
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    @BeforeEach
    void oneService() {
        api.deleteAll();
        id = api.create(new JsonObject().put("name", "a").put("url", api.url(200)))
                .getString("id");
    }

    private record Body(String query, String text) {}

    /** A valid body for each operation. */
    private static final Map<String, Body> BODIES = Map.ofEntries(
            Map.entry("createService", new Body("", "{\"name\": \"b\", \"url\": \"http://localhost/\"}")),
            Map.entry("replaceService", new Body("?name=a", "{\"name\": \"b\", \"url\": \"http://localhost/\"}")),
            Map.entry("patchService", new Body("?group=", "{\"group\": \"changed\"}")),
            Map.entry("replaceServiceByName", new Body("", "{\"name\": \"b\", \"url\": \"http://localhost/\"}")),
            Map.entry("patchServiceByName", new Body("", "{\"group\": \"changed\"}")),
            Map.entry("replaceServiceById", new Body("", "{\"name\": \"b\", \"url\": \"http://localhost/\"}")),
            Map.entry("patchServiceById", new Body("", "{\"group\": \"changed\"}")),
            Map.entry("patchServices", new Body("?group=", "{\"group\": \"changed\"}")),
            Map.entry("applyServices", new Body("?deleteAbsent=*", "{\"services\": []}")),
            Map.entry("restoreService", new Body("", "{\"id\": \"gone\"}")),
            Map.entry("testService", new Body("", "{\"url\": \"http://127.0.0.1:9/\"}")),
            Map.entry("setHistoryTtl", new Body("", "{\"ttl\": 86400}")),
            Map.entry("createKey", new Body("", "{\"name\": \"by one that ended\", \"scope\": \"admin\"}")),
            Map.entry("changeSite", new Body("", "{\"name\": \"changed\"}")),
            Map.entry(
                    "changePassword",
                    new Body(
                            "", "{\"currentPassword\": \"correct horse battery\", \"newPassword\": \"another one!\"}")),
            Map.entry("completeSetup", new Body("", "{}")));

    private record Ended(String how, List<String> headers, Runnable end) {
        @Override
        public String toString() {
            return how;
        }
    }

    private static final List<Supplier<Ended>> SESSION_ENDS =
            List.of(HalfSentTest::signedOut, HalfSentTest::allSessionsEnded, HalfSentTest::passwordChanged);

    @Test
    void everyOperationWithABodyIsTried() {
        assertThat(BODIES.keySet())
                .isEqualTo(contract.known().operations().stream()
                        .filter(operation -> operation.getRequestBody() != null)
                        .map(Operation::getOperationId)
                        .filter(id -> !WITHOUT_A_RIGHT.contains(id))
                        .collect(Collectors.toSet()));
    }

    static Stream<String> operations() {
        return BODIES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isRefusedWhenItIsComplete(String operationId) {
        // password hashing is slow: test each operation with a key and only one way of ending the session
        int index = operations().toList().indexOf(operationId);
        for (Supplier<Ended> way :
                List.<Supplier<Ended>>of(HalfSentTest::revokedKey, SESSION_ENDS.get(index % SESSION_ENDS.size()))) {
            Ended ended = way.get();
            Operation operation = contract.known().operation(operationId);
            Body body = BODIES.get(operationId);
            List<String> headers = new ArrayList<>(ended.headers());
            headers.add("Content-Type: application/json");
            String method = operation.getHttpMethod().name();
            String path = operation.getOpenAPIPath().replace("{name}", "a").replace("{id}", id) + body.query();
            try (HalfRequest request = HalfRequest.begin(api.port(), method, path, body.text(), headers)) {
                ended.end().run();
                Map<String, String> before = state();
                String answer = request.end();
                assertThat(answer).as(operationId + ": " + ended).startsWith("HTTP/1.1 401 ");
                assertThat(answer).contains("WWW-Authenticate: Bearer").contains("\"status\":401");
                assertThat(state()).as(operationId + ": " + ended).isEqualTo(before);
            }
        }
    }

    /** The state changed by these operations. */
    private static Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (String path : List.of("/api/services/export", "/api/site", "/api/ping-history/ttl", "/api/keys")) {
            state.put(path, api.getWithKey(path).text().replaceAll("\"lastUsed\":\\w+", ""));
        }
        return state;
    }

    private static Ended revokedKey() {
        String key = callers.key(Scope.ADMIN);
        return new Ended("a revoked key", List.of("Authorization: Bearer " + key), () -> {
            String id = key.substring(3, 19);
            assertThat(api.call("DELETE", "/api/keys/" + id, (String) null).status())
                    .isEqualTo(200);
        });
    }

    private static Ended ofSession(String how, Ending ending) {
        List<String> session = callers.logIn();
        return new Ended(
                how,
                List.of(session.get(0) + ": " + session.get(1), session.get(2) + ": " + session.get(3)),
                () -> ending.end(session.toArray(String[]::new)));
    }

    private interface Ending {
        void end(String... headers);
    }

    private static Ended signedOut() {
        return ofSession("signed out", session -> assertThat(
                        api.send("POST", "/api/auth/logout", null, session).status())
                .isEqualTo(200));
    }

    private static Ended allSessionsEnded() {
        return ofSession("all sessions ended", session -> assertThat(
                        api.call("DELETE", "/api/auth/sessions", (String) null).status())
                .isEqualTo(200));
    }

    private static Ended passwordChanged() {
        return ofSession("the password changed", session -> callers.setPassword());
    }

    @Test
    void aRequestWhoseCredentialsHoldGoesOnWhenOthersHaveEnded() {
        String key = callers.key(Scope.WRITE);
        Ended other = revokedKey();
        List<String> headers = List.of("Authorization: Bearer " + key, "Content-Type: application/json");
        String body = BODIES.get("createService").text();
        try (HalfRequest request = HalfRequest.begin(api.port(), "POST", "/api/services", body, headers)) {
            other.end().run();
            assertThat(request.end()).startsWith("HTTP/1.1 201 ");
        }
        JsonArray services = api.getWithKey("/api/services/export").json().getJsonArray("services");
        assertThat(services).hasSize(2);
    }
}
