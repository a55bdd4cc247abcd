package io.openuptimes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {

    private static Vertx vertx;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private static Settings load(Map<String, String> environment) throws Exception {
        return SettingsLoader.load(vertx, environment)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private Path file(String content) throws Exception {
        return Files.writeString(dir.resolve("settings.yaml"), content);
    }

    private static String refusal(Path file) {
        Exception failed =
                catchThrowableOfType(Exception.class, () -> load(Map.of("OPENUPTIMES_CONFIG", file.toString())));
        assertThat(failed).as("refusal").hasCauseInstanceOf(InvalidSettingsException.class);
        return String.valueOf(failed.getCause().getMessage());
    }

    @Test
    void the_file_is_read_and_the_environment_wins() throws Exception {
        Path file = file("""
                http:
                  port: 1234
                  rateLimit: 7
                  trustedProxies: [10.0.0.0/8, "::1"]
                log: {format: json}
                """);

        Settings settings = load(Map.of("OPENUPTIMES_CONFIG", file.toString(), "OPENUPTIMES_HTTP_PORT", "4321"));

        assertThat(settings.http().port()).isEqualTo(4321);
        assertThat(settings.http().rateLimit()).isEqualTo(7);
        assertThat(settings.http().proxies().trusted()).containsExactly("10.0.0.0/8", "::1");
        assertThat(settings.log().json()).isTrue();
    }

    @Test
    void a_file_with_windows_line_ends_is_read_as_any_other() throws Exception {
        String content = """
                # settings
                http:
                  host: 127.0.0.1
                  port: 1234
                  trustedProxies: [10.0.0.0/8, "::1"]
                access:
                  apiKey: a-long-random-text

                log: {level: debug, format: json}
                """;
        Settings settings = load(Map.of("OPENUPTIMES_CONFIG", file(content).toString()));

        Path windows = file(content.replace("\n", "\r\n"));

        assertThat(load(Map.of("OPENUPTIMES_CONFIG", windows.toString()))).isEqualTo(settings);
        assertThat(load(Map.of("OPENUPTIMES_CONFIG", windows + "\r"))).isEqualTo(settings);
        assertThat(settings.access().apiKey()).isEqualTo("a-long-random-text");
    }

    @Test
    void a_file_that_is_named_must_be_there() {
        Path file = dir.resolve("nowhere.yaml");

        assertThat(refusal(file)).isEqualTo("OPENUPTIMES_CONFIG: file " + file + " does not exist");
    }

    @Test
    void a_directory_is_no_file() {
        assertThat(refusal(dir)).isEqualTo("OPENUPTIMES_CONFIG: file " + dir + " does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing but comments\n", "---\n", "http:\n  # nothing set\nlog:\n"})
    void a_file_that_sets_nothing_leaves_the_defaults(String content) throws Exception {
        assertThat(load(Map.of("OPENUPTIMES_CONFIG", file(content).toString())))
                .isEqualTo(SettingsReader.read(new JsonObject(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: [1, 2\n",
                "http:\n\tport: 1\n",
                "http: {port: 1}}\n",
                "just a line\n",
                "- a\n- list\n",
                "42\n",
                "~: 1\n",
                "a: !!java.net.URL [http://localhost]\n",
                "--- \na: 1\n---\nb: 2\n"
            })
    void a_file_that_is_no_yaml_of_keys_is_named(String content) throws Exception {
        Path file = file(content);

        assertThat(refusal(file)).startsWith(file + ": cannot be read: ").isNotEqualTo(file + ": cannot be read: null");
    }

    @Test
    void the_place_of_a_mistake_is_told() throws Exception {
        assertThat(refusal(file("http:\n  port: 1\n  host: \"open\n"))).contains("line 4");
    }

    @Test
    void a_duplicate_key_is_refused_without_its_name() throws Exception {
        assertThat(refusal(file("http:\n  port: 1\n  port: 2\n"))).endsWith("found duplicate key (line 3)");
    }

    @Test
    void words_are_those_of_yaml_1_2() throws Exception {
        assertThat(refusal(file("log:\n  json: yes\n"))).startsWith("log.json: ");
        assertThat(load(Map.of(
                                "OPENUPTIMES_CONFIG",
                                file("access:\n  apiKey: ~\n").toString()))
                        .access()
                        .apiKey())
                .isEqualTo(load(Map.of()).access().apiKey());
    }

    @Test
    void a_mistake_beside_a_secret_does_not_tell_the_secret() throws Exception {
        assertThat(refusal(file("access:\n  apiKey: \"s3cret-key-value\nhttp:\n  port: 1\n")))
                .contains("cannot be read")
                .contains("line ")
                .doesNotContain("s3cret");
    }

    @Test
    void an_unknown_key_is_refused_by_its_name() throws Exception {
        assertThat(refusal(file("checks:\n  intervall: 5\n"))).isEqualTo("checks.intervall: unknown setting");
    }
}
