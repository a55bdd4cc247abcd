package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.openuptimes.web.http.MediaTypes;
import io.openuptimes.web.intake.BodyReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls every operation of the OpenAPI document, with valid and invalid requests, and validates the responses. */
class OpenApiContractTest {

    private static final String PASSWORD = "correct horse battery";

    @RegisterExtension
    static final ApiServer api = new ApiServer()
            .with("OPENUPTIMES_SECRET_KEY", "a passphrase of the tests"); // required for an external Redis

    private static Vertx vertx;
    private static Contract contract;
    private static ResponseValidator validator;

    private final Set<String> called = new HashSet<>();

    @BeforeAll
    static void read() {
        vertx = Vertx.vertx();
        contract = Contract.read(vertx);
        validator = ResponseValidator.create(vertx, contract.known());
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    /** With the admin key. */
    private Answer call(String operationId, int status, String path, @Nullable String body) {
        Operation operation = contract.known().operation(operationId);
        String described = Described.path(operation.getHttpMethod().name(), path);
        assertThat(described)
                .as("path of " + operationId)
                .matches(operation.getOpenAPIPath().replaceAll("\\{\\w+}", ".+") + "(\\?.*)?");
        return validated(operationId, status, api.call(operation.getHttpMethod().name(), path, body));
    }

    private Answer call(String operationId, int status, String path) {
        return call(operationId, status, path, null);
    }

    private Answer validated(String operationId, int status, Answer answer) {
        called.add(operationId);
        assertThat(answer.status()).as(operationId + ": " + answer.text()).isEqualTo(status);
        String type = String.valueOf(answer.header("Content-Type")).replaceAll(";.*", "");
        Set<String> types = contract.answerTypes(operationId, status);
        if (!types.isEmpty()) {
            assertThat(types).as(operationId + " " + status).contains(type);
        }
        if (types.isEmpty() || type.equals("application/json")) {
            Assertions.assertThatCode(() -> await(validator.validate(
                            ValidatableResponse.create(status, Map.of(), Buffer.buffer(answer.text()), type),
                            operationId)))
                    .as(operationId + " " + answer.text())
                    .doesNotThrowAnyException();
        }
        return answer;
    }

    /** For operations with several response forms, of which a less strict one would also match. */
    private static JsonObject is(String schema, JsonObject value) {
        assertThat(contract.problems(schema, value))
                .as(schema + " " + value.encode())
                .isEmpty();
        return value;
    }

    private JsonObject form(String schema, String operationId, String path) {
        return is(schema, call(operationId, 200, path).json());
    }

    /** Fields that only pages have are optional in the document. */
    private JsonObject page(String operationId, String path) {
        JsonObject answer = call(operationId, 200, path).json();
        assertThat(answer.getMap()).as(path).containsKeys("counts", "matching", "offset", "cursor");
        return answer;
    }

    private String as(String type, String operationId, String path) {
        Answer answer = validated(
                operationId,
                200,
                api.send("GET", path, null, "Authorization", "Bearer " + ApiServer.KEY, "Accept", type));
        assertThat(answer.header("Content-Type")).startsWith(type);
        return answer.text();
    }

    private void lines(String schema, String operationId, String path) {
        assertThat(as(MediaTypes.NDJSON, operationId, path).lines())
                .isNotEmpty()
                .allSatisfy(line -> is(schema, new JsonObject(line)));
    }

    @Test
    void everyOperationAnswersAsWrittenDown() {
        status();
        services();
        historyAndTtl();
        operations();
        keys();
        audit();
        setupAndSignIn();

        assertThat(called)
                .isEqualTo(contract.known().operations().stream()
                        .map(Operation::getOperationId)
                        .collect(Collectors.toSet()));
    }

    private static String service(String name, int status) {
        return new JsonObject().put("name", name).put("url", api.url(status)).encode();
    }

    private static Answer changed(String method) {
        return api.send(
                method,
                "/api/services?name=bad",
                service("bad", 200),
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Content-Type",
                "application/json",
                "If-Match",
                "\"of-another\"");
    }

    private void status() {
        form("StatusReport", "getStatus", "/api/status");
        call("streamEvents", 400, "/api/events?after=a&after=b");
        validated("getStatus", 401, api.get("/api/status", "Authorization", "Bearer wrong"));
    }

    private void services() {
        call("createService", 201, "/api/services", service("good", 200));
        call("createService", 201, "/api/services", service("bad", 500));
        call("createService", 409, "/api/services", service("good", 200));
        call("createService", 400, "/api/services", "{}");
        call("createService", 413, "/api/services", " ".repeat(BodyReader.MAX_BYTES) + "{}");
        validated(
                "createService",
                415,
                api.send("POST", "/api/services", "{}", "Authorization", "Bearer " + ApiServer.KEY));
        validated("createService", 401, api.send("POST", "/api/services", null));
        call("replaceService", 200, "/api/services?name=good", service("better", 200));
        call("replaceService", 404, "/api/services?name=good", service("good", 200));
        call("replaceService", 409, "/api/services?name=better", service("bad", 200));
        call("replaceService", 400, "/api/services?name=better", "{\"url\": 1}");
        call("patchService", 200, "/api/services?name=better", "{\"group\": \"G\", \"interval\": null}");
        call("patchService", 200, "/api/services?name=better", "{\"locations\": [\"eu\", \"us\"], \"quorum\": 2}");
        call("patchService", 400, "/api/services?name=better", "{\"quorum\": 3}");
        form("StatusReport", "getStatus", "/api/status");
        page("getStatus", "/api/status?limit=10");
        page("listServices", "/api/services?name=better");
        single();
        call("exportServices", 200, "/api/services/export");
        lines("Service", "exportServices", "/api/services/export");
        validated(
                "exportServices",
                406,
                api.get("/api/services/export", "Authorization", "Bearer " + ApiServer.KEY, "Accept", "text/html"));
        call("patchService", 404, "/api/services?name=good", "{}");
        call("patchService", 409, "/api/services?name=better", "{\"name\": \"bad\"}");
        call("patchService", 400, "/api/services?name=better", "{\"group\": 1}");
        is(
                "BulkDone",
                call("patchServices", 200, "/api/services?group=G", "{\"labels\": {\"a\": \"b\"}}")
                        .json());
        call("patchService", 400, "/api/services", "{}");
        call("patchServices", 400, "/api/services?label=a", "{\"name\": \"b\"}");
        is(
                "BulkDone",
                call("deleteServices", 200, "/api/services?label=none&dryRun=true")
                        .json());
        call("deleteService", 400, "/api/services?dryRun=true");
        call("applyServices", 200, "/api/services/bulk?dryRun=true", "[" + service("good", 200) + "]");
        call("applyServices", 400, "/api/services/bulk", "[{}]");
        call(
                "applyServices",
                409,
                "/api/services/bulk",
                "[{\"id\": \"x\", \"name\": \"bad\", \"url\": \"http://a/\"}]");
        call("exportServices", 200, "/api/services/export?label=a");
        call("exportServices", 400, "/api/services/export?label=");
        validated("replaceService", 412, changed("PUT"));
        validated("patchService", 412, changed("PATCH"));
        validated("deleteService", 412, changed("DELETE"));
        call("testService", 200, "/api/services/test", service("good", 200));
        call("testService", 200, "/api/services/test", service("new", 500));
        call("testService", 400, "/api/services/test", "{}");
        call("listServices", 200, "/api/services");
        page("listServices", "/api/services?limit=1&include=groups&include=labels");
        call("listServices", 400, "/api/services?limit=0");
        page("getStatus", "/api/status?limit=1&include=groups");
        call("getStatus", 400, "/api/status?sort=colour");
        form("StatusChanges", "getStatusChanges", "/api/status?since=1-1");
        form("ServiceListChanges", "getServiceChanges", "/api/services?since=1-1");
        form("StatusChanges", "getStatusChanges", "/api/status/changes?since=1-1");
        form("ServiceListChanges", "getServiceChanges", "/api/services/changes?since=1-1");
        call("getStatusChanges", 400, "/api/status/changes");
        call("getServiceChanges", 400, "/api/services/changes?since=1-1&cursor=a");
        String event = page("getStatus", "/api/status?limit=1").getString("event");
        call("patchService", 200, "/api/services?name=bad", "{\"description\": \"Changed\"}");
        String changes = "?since=" + event + "&wait=30";
        assertThat(form("StatusChanges", "getStatusChanges", "/api/status" + changes)
                        .getJsonArray("services"))
                .isNotEmpty();
        assertThat(form("ServiceListChanges", "getServiceChanges", "/api/services" + changes)
                        .getJsonArray("services"))
                .isNotEmpty();
        call("listTransitions", 200, "/api/transitions");
        call("listTransitions", 200, "/api/transitions?service=bad&since=" + event);
        call("listTransitions", 404, "/api/transitions?service=nobody");
        call("listTransitions", 400, "/api/transitions?wait=1");
        call("pingServices", 200, "/api/ping");
        call("pingServices", 200, "/api/ping?service=bad");
        call("pingServices", 404, "/api/ping?service=nobody");
        call("getStatus", 200, "/api/status");
    }

    /** One service, by name and by id, and several selected by a query. */
    private void single() {
        String id = api.create(new JsonObject().put("name", "one").put("url", api.url(200)))
                .getString("id");
        for (String suffix : List.of("ByName", "ById")) {
            String path = suffix.equals("ById") ? "/api/services/" : "/api/services/by-name/";
            String one = path + (suffix.equals("ById") ? id : "one");
            call("getService" + suffix, 200, one);
            call("getService" + suffix, 404, path + "nobody");
            validated("getService" + suffix, 401, api.get(one));
            call("replaceService" + suffix, 200, one, service("one", 204));
            call("replaceService" + suffix, 404, path + "nobody", service("one", 204));
            call("replaceService" + suffix, 409, one, service("bad", 200));
            call("patchService" + suffix, 200, one, "{\"group\": \"One\"}");
            call("patchService" + suffix, 400, one, "{\"group\": 1}");
            call("patchService" + suffix, 404, path + "nobody", "{}");
            call("deleteService" + suffix, 200, one);
            call("deleteService" + suffix, 404, one);
            call("restoreService", 200, "/api/services/restore", "{\"id\": \"" + id + "\"}");
        }
        is(
                "BulkDone",
                call("patchServices", 200, "/api/services/bulk?group=One", "{\"paused\": true}")
                        .json());
        call("patchServices", 400, "/api/services/bulk?group=One", "{\"name\": \"x\"}");
        call("deleteServices", 400, "/api/services/bulk");
        is(
                "BulkDone",
                call("deleteServices", 200, "/api/services/bulk?group=One").json());
    }

    private void historyAndTtl() {
        call("getHistory", 200, "/api/history/better");
        call("getHistory", 200, "/api/history/bad?limit=1");
        call("getHistory", 404, "/api/history/nobody");
        call("getHistory", 400, "/api/history/bad?limit=0");
        lines("HistoryEntry", "getHistory", "/api/history/bad");
        lines("HistoryEntry", "findHistory", "/api/history?service=bad");
        as("text/csv", "getHistory", "/api/history/bad");
        as("text/csv", "findHistory", "/api/history?service=bad");
        call("getHistory", 200, "/api/history/better?location=eu");
        call("getHistory", 400, "/api/history/bad?location=eu");
        validated("getHistory", 406, api.get("/api/history/bad", "Accept", "text/html"));
        call("getHistory", 200, "/api/history/bad?status=down&error=status");
        call("findHistory", 200, "/api/history?service=bad&status=up");
        call("findHistory", 400, "/api/history");
        validated("findHistory", 406, api.get("/api/history?service=bad", "Accept", "text/html"));
        call("findHistory", 404, "/api/history?service=nobody");
        call("getResponseTimes", 200, "/api/response-times?service=bad");
        call("getResponseTimes", 200, "/api/response-times?service=better");
        call("getResponseTimes", 400, "/api/response-times?service=bad&points=one");
        call("getResponseTimes", 200, "/api/response-times?service=bad&points=1");
        call("getResponseTimes", 404, "/api/response-times?service=nobody");
        call("getUptime", 200, "/api/uptime?service=bad&service=nobody");
        call("getResponseTimes", 200, "/api/response-times?service=better&location=us");
        call("getResponseTimes", 400, "/api/response-times?service=better&location=ap");
        call("getUptime", 200, "/api/uptime?service=better&location=eu");
        call("getUptime", 400, "/api/uptime?service=better&location=");
        call("getUptime", 400, "/api/uptime");
        call("getHistoryTtl", 200, "/api/ping-history/ttl");
        call("rotateSecrets", 200, "/api/secrets/rotate");
        call("setHistoryTtl", 200, "/api/ping-history/ttl", "{\"ttl\": 0}");
        call("setHistoryTtl", 200, "/api/ping-history/ttl", "{\"ttl\": 604800}");
        call("setHistoryTtl", 400, "/api/ping-history/ttl", "{\"ttl\": -1}");
        call("clearHistory", 200, "/api/ping-history");
        String undo = call("deleteService", 200, "/api/services?name=bad")
                .json()
                .getJsonObject("undo")
                .getString("id");
        String restore = new JsonObject().put("id", undo).encode();
        call("createService", 201, "/api/services", service("bad", 500));
        call("restoreService", 409, "/api/services/restore", restore);
        call("deleteService", 200, "/api/services?name=bad");
        call("restoreService", 200, "/api/services/restore", restore);
        call("restoreService", 404, "/api/services/restore", restore);
        call("restoreService", 400, "/api/services/restore", "{}");
        call("deleteService", 200, "/api/services?name=bad");
        call("deleteService", 404, "/api/services?name=bad");
        call("deleteService", 400, "/api/services");
    }

    private void operations() {
        call("testRedis", 200, "/api/test-redis");
        call("getSite", 200, "/api/site");
        call("getSiteLogo", 404, "/api/site/logo");
        call("changeSite", 200, "/api/site", "{\"accent\": \"#0a7d55\"}");
        call("changeSite", 400, "/api/site", "{\"accent\": \"red\"}");
        call("getSite", 200, "/api/site");
        call("getSchedule", 200, "/api/schedule");
        call("getStore", 200, "/api/store");
        call("getNodes", 200, "/api/nodes");
        validated("getNodes", 401, api.get("/api/nodes"));
        call("getDeclaredServices", 200, "/api/services/declared");
        call("getHealth", 200, "/healthz");
        call("getReadiness", 200, "/readyz");
        call("getMetrics", 200, "/metrics");
        call("getOpenApiYaml", 200, "/openapi.yaml");
        call("getOpenApiJson", 200, "/openapi.json");
        call("getCheckTypes", 200, "/api/check-types");
    }

    private void audit() {
        form("AuditPage", "listAudit", "/api/audit?limit=1000");
        lines("AuditEntry", "listAudit", "/api/audit");
        call("listAudit", 400, "/api/audit?limit=0");
        validated("listAudit", 401, api.get("/api/audit"));
    }

    private void keys() {
        JsonObject made =
                call("createKey", 201, "/api/keys", "{\"name\": \"reader\"}").json();
        call("createKey", 400, "/api/keys", "{}");
        call("listKeys", 200, "/api/keys");
        validated(
                "createService",
                403,
                api.send(
                        "POST",
                        "/api/services",
                        "{}",
                        "Authorization",
                        "Bearer " + made.getString("key"),
                        "Content-Type",
                        "application/json"));
        String id = made.getJsonObject("apiKey").getString("id");
        call("revokeKey", 200, "/api/keys/" + id);
        call("revokeKey", 404, "/api/keys/" + id);
    }

    private void setupAndSignIn() {
        call("getSetupStatus", 200, "/api/setup/status");
        call("completeSetup", 400, "/api/setup/complete", "{\"password\": \"short\"}");
        call("completeSetup", 400, "/api/setup/complete", "{\"apiKey\": \"yes\"}");
        call("completeSetup", 200, "/api/setup/complete", "{\"password\": \"" + PASSWORD + "\", \"apiKey\": true}");
        validated("completeSetup", 401, api.send("POST", "/api/setup/complete", null));
        String json = "application/json";
        validated("login", 401, api.send("POST", "/api/auth/login", "{\"password\": \"x\"}", "Content-Type", json));
        Answer signedIn = validated(
                "login",
                200,
                api.send("POST", "/api/auth/login", "{\"password\": \"" + PASSWORD + "\"}", "Content-Type", json));
        String cookie = String.valueOf(signedIn.header("Set-Cookie")).replaceAll(";.*", "");
        String csrf = signedIn.json().getString("csrfToken");
        validated("getSession", 200, api.get("/api/auth/session", "Cookie", cookie));
        validated("getSession", 200, api.get("/api/auth/session"));
        validated("clearHistory", 403, api.send("DELETE", "/api/ping-history", null, "Cookie", cookie));
        Answer changed = validated(
                "changePassword",
                200,
                api.send(
                        "PUT",
                        "/api/auth/password",
                        "{\"currentPassword\": \"" + PASSWORD + "\", \"newPassword\": \"" + PASSWORD + " 2\"}",
                        "Content-Type",
                        json,
                        "Cookie",
                        cookie,
                        "X-CSRF-Token",
                        csrf));
        String newCookie = String.valueOf(changed.header("Set-Cookie")).replaceAll(";.*", "");
        validated(
                "logout",
                200,
                api.send(
                        "POST",
                        "/api/auth/logout",
                        null,
                        "Cookie",
                        newCookie,
                        "X-CSRF-Token",
                        changed.json().getString("csrfToken")));
        call("endSessions", 200, "/api/auth/sessions");
    }
}
