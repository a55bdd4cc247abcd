package io.openuptimes.declare;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.model.Service;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.Services;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service with a changing services file. */
class DeclareTest {

    private static final String KEY = "a-key-for-tests-0123456789";

    private static final String TWO = """
            services:
              - {name: A, url: 'http://127.0.0.1:9/a', interval: 30}
              - {name: B, url: 'http://127.0.0.1:9/b', labels: {team: shop}}
            """;

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(dir.resolve("services.yaml"), TWO);
    }

    private RunningApp start(String... environment) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("OPENUPTIMES_API_KEY", KEY);
        all.put("OPENUPTIMES_SERVICES_FILE", file.toString());
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        return RunningApp.start(all);
    }

    private static Map<String, Service> stored(RunningApp app) {
        return await(app.bus().request(StoreMessage.LOAD_ALL, new LoadAll())).services().stream()
                .collect(Collectors.toMap(Service::name, Function.identity()));
    }

    private static JsonObject state(RunningApp app) {
        return new Curl(app.port())
                .get("/api/services/declared")
                .key(KEY)
                .send()
                .json();
    }

    private static void loaded(RunningApp app, int services, String... names) throws Exception {
        eventually(() -> {
            JsonObject state = state(app);
            assertThat(state.getInteger("services")).isEqualTo(services);
            assertThat(state.getInteger("problemCount")).as(state.encode()).isZero();
            assertThat(stored(app)).containsOnlyKeys(names);
        });
    }

    @Test
    void theServicesAreAsTheFileSaysWheneverItChanges() throws Exception {
        try (RunningApp app = start()) {
            loaded(app, 2, "A", "B");
            Service a = stored(app).get("A");
            assertThat(a.declared()).isTrue();
            assertThat(a.interval()).isEqualTo(30);
            assertThat(state(app).getString("file")).isEqualTo(file.toString());
            assertThat(state(app).getLong("loadedAt")).isLessThanOrEqualTo(System.currentTimeMillis());

            Files.writeString(file, """
                    services:
                      - {name: C, url: 'http://127.0.0.1:9/c'}
                      - {name: A, url: 'http://127.0.0.1:9/other'}
                    """);
            loaded(app, 2, "A", "C");
            assertThat(stored(app).get("A").id()).isEqualTo(a.id());
            assertThat(stored(app).get("A").url()).isEqualTo("http://127.0.0.1:9/other");
            assertThat(stored(app).get("A").interval()).isNull();

            Curl curl = new Curl(app.port());
            eventually(() -> assertThat(
                            curl.get("/api/services").key(KEY).send().json().getJsonArray("services"))
                    .extracting(service -> ((JsonObject) service).getString("name"))
                    .containsExactly("A", "C"));
            Curl.Answer refused =
                    curl.call("DELETE", "/api/services?name=A").key(KEY).send();
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.message()).contains("is declared in the services file");

            Files.writeString(file, "services: []");
            loaded(app, 0);
        }
    }

    @Test
    void whereThereIsNoFileAnyMoreTheApiHasTheServices() throws Exception {
        String data = dir.resolve("data").toString();
        try (RunningApp app = start("OPENUPTIMES_DATA_DIR", data)) {
            loaded(app, 2, "A", "B");
        }
        try (RunningApp app = start("OPENUPTIMES_DATA_DIR", data)) {
            loaded(app, 2, "A", "B");
            assertThat(stored(app).get("A").declared()).isTrue();
        }
        try (RunningApp app = start("OPENUPTIMES_DATA_DIR", data, "OPENUPTIMES_SERVICES_FILE", "")) {
            eventually(
                    () -> assertThat(stored(app)).containsOnlyKeys("A", "B").allSatisfy((name, service) -> assertThat(
                                    service.declared())
                            .isFalse()));
            assertThat(new Curl(app.port())
                            .call("DELETE", "/api/services?name=A")
                            .key(KEY)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBadFileIsToldAndChangesNothing() throws Exception {
        try (RunningApp app = start()) {
            loaded(app, 2, "A", "B");
            Map<String, Service> before = stored(app);
            Files.writeString(file, TWO.replace("interval: 30", "interval: 0") + "  - {name: C, url: x}\n");
            eventually(() -> assertThat(state(app).getInteger("problemCount")).isEqualTo(2));

            assertThat(stored(app)).isEqualTo(before);
            assertThat(state(app).getJsonArray("problems").getJsonObject(0).getMap())
                    .containsEntry("entry", 0)
                    .containsEntry("name", "A")
                    .containsEntry("field", "interval")
                    .containsEntry("problem", "must be a whole number from 1 to 86400")
                    .containsEntry("code", "out_of_range")
                    .containsEntry("min", 1)
                    .containsEntry("max", 86_400);
            assertThat(state(app).getJsonArray("problems").getJsonObject(1).getString("code"))
                    .isEqualTo("invalid_format");
            assertThat(state(app).getInteger("services")).isEqualTo(2);

            Files.delete(file);
            eventually(() -> assertThat(
                            state(app).getJsonArray("problems").getJsonObject(0).getString("problem"))
                    .isEqualTo("does not exist any more; its last valid content stays in effect"));
            assertThat(state(app).getJsonArray("problems").getJsonObject(0).getString("code"))
                    .isEqualTo("invalid");
            assertThat(stored(app)).isEqualTo(before);

            Files.writeString(file, TWO);
            loaded(app, 2, "A", "B");
            assertThat(stored(app)).isEqualTo(before);
        }
    }

    @Test
    void whatTheApiMadeIsTakenOverByNameAndAllElseStays() throws Exception {
        Files.writeString(file, "services: []");
        try (RunningApp app = start()) {
            Curl curl = new Curl(app.port());
            for (String name : List.of("A", "mine")) {
                String body = new JsonObject()
                        .put("name", name)
                        .put("url", "http://127.0.0.1:9/")
                        .encode();
                assertThat(curl.call("POST", "/api/services")
                                .key(KEY)
                                .json(body)
                                .status())
                        .isEqualTo(201);
            }
            Service a = stored(app).get("A");

            Files.writeString(file, TWO);

            loaded(app, 2, "A", "B", "mine");
            assertThat(stored(app).get("A").id()).isEqualTo(a.id());
            assertThat(stored(app).get("A").declared()).isTrue();
            assertThat(stored(app).get("mine").declared()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"services: [", "services: [{name: A, url: 'http://127.0.0.1:9/', body: '${NOT_SET}'}]"})
    void aFileThatIsBadAtALaterStartLeavesTheServicesAsTheyWere(String bad) throws Exception {
        String data = dir.resolve("data").toString();
        try (RunningApp app = start("OPENUPTIMES_DATA_DIR", data)) {
            loaded(app, 2, "A", "B");
        }
        Files.writeString(file, bad);
        try (RunningApp app = start("OPENUPTIMES_DATA_DIR", data)) {
            eventually(() -> assertThat(state(app).getInteger("problemCount")).isEqualTo(1));
            assertThat(state(app).getValue("loadedAt")).isNull();
            assertThat(stored(app)).containsOnlyKeys("A", "B");

            Files.writeString(file, TWO);
            loaded(app, 2, "A", "B");
        }
    }

    @Test
    void readinessWarnsWhileTheFileIsNotApplied() throws Exception {
        try (RunningApp app = start()) {
            loaded(app, 2, "A", "B");
            Curl curl = new Curl(app.port());
            eventually(() ->
                    assertThat(curl.get("/readyz").send().json()).isEqualTo(new JsonObject().put("status", "ready")));

            Files.writeString(file, TWO + "  - {name: C, url: '${NOT_SET}'}\n");
            eventually(() -> assertThat(curl.get("/readyz").send().json().encode())
                    .isEqualTo(
                            "{\"status\":\"ready\",\"warnings\":[\"the services file is not applied: see the log or GET"
                                    + " /api/services/declared\"]}"));

            Files.writeString(file, TWO);
            eventually(() ->
                    assertThat(curl.get("/readyz").send().json()).isEqualTo(new JsonObject().put("status", "ready")));
        }
    }

    @Test
    void whereNoFileIsNamedNoneNeedsToBe() throws Exception {
        try (RunningApp app = start("OPENUPTIMES_SERVICES_FILE", "")) {
            eventually(() -> assertThat(state(app).getMap()) // the store may not be ready yet
                    .containsEntry("file", null)
                    .containsEntry("loadedAt", null)
                    .containsEntry("services", 0)
                    .containsEntry("problemCount", 0));
        }
    }

    @Test
    void aReferencedFileIsReadAtEachLoadAndWhenItChanges() throws Exception {
        Path token = Files.writeString(dir.resolve("token"), "one\n");
        Files.writeString(
                file, "services: [{name: A, url: 'http://127.0.0.1:9/', headers: {X-Token: '${file:" + token + "}'}}]");
        try (RunningApp app = start()) {
            loaded(app, 1, "A");
            assertThat(Services.http(stored(app).get("A")).headers()).containsEntry("X-Token", "one");

            Files.writeString(token, "another");
            eventually(() ->
                    assertThat(Services.http(stored(app).get("A")).headers()).containsEntry("X-Token", "another"));

            Files.delete(token);
            Files.writeString(file, Files.readString(file) + "\n");
            eventually(() -> assertThat(state(app).getJsonArray("problems").encode())
                    .contains("\"A\"", "headers.X-Token", "file " + token));
            assertThat(Services.http(stored(app).get("A")).headers()).containsEntry("X-Token", "another");

            Files.writeString(token, "third");
            eventually(() ->
                    assertThat(Services.http(stored(app).get("A")).headers()).containsEntry("X-Token", "third"));
            assertThat(state(app).getInteger("problemCount")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"services: [", "no list", "services: [{name: A}]", "services: [{name: A, url: x, y: 1}]"})
    void aFileThatIsBadAtTheFirstStartStopsIt(String bad) throws Exception {
        Files.writeString(file, bad);

        assertThatThrownBy(this::start)
                .hasRootCauseInstanceOf(InvalidSettingsException.class)
                .rootCause()
                .hasMessageContaining(file + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NOT_SET_ANYWHERE}", "${env:NOT_SET_ANYWHERE}", "${file:/not/there}"})
    void whatIsMissingAtTheFirstStartStopsIt(String reference) throws Exception {
        Files.writeString(file, "services: [{name: A, url: 'http://127.0.0.1:9/', body: '" + reference + "'}]");

        assertThatThrownBy(this::start)
                .hasRootCauseInstanceOf(InvalidSettingsException.class)
                .rootCause()
                .hasMessageContaining(file + ": services[0] \"A\": body: ");
    }

    @Test
    void aFileThatIsNamedMustBeThere() throws Exception {
        Files.delete(file);

        assertThatThrownBy(this::start)
                .hasRootCauseInstanceOf(InvalidSettingsException.class)
                .rootCause()
                .hasMessage("services.file: file " + file + " does not exist");
    }
}
