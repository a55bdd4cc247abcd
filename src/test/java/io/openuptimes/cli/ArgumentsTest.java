package io.openuptimes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.openuptimes.bus.Bus;
import io.openuptimes.testing.FreePorts;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command line arguments. The commands run in this process, on a test data directory. */
class ArgumentsTest {

    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> served = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private boolean terminal;
    private boolean visible;
    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        Bus.install(vertx);
        environment.put("OPENUPTIMES_DATA_DIR", dir.resolve("data").toString());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private Input input() {
        return new Input() {
            @Override
            public boolean isTerminal() {
                return terminal;
            }

            @Override
            public boolean isVisible() {
                return visible;
            }

            @Override
            public @Nullable String hidden(String prompt) {
                return typed.poll();
            }

            @Override
            public @Nullable String line() {
                return typed.poll();
            }
        };
    }

    private OptionalInt run(String... arguments) {
        Host host = new Host(
                environment,
                () -> vertx,
                config -> served.add(String.valueOf(config)),
                () -> {},
                this::input,
                new PrintWriter(out),
                new PrintWriter(err));
        return Arguments.run(host, arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --confg x                 | Unknown option: --confg. Did you mean --config?
            reset-pasword             | Unknown command: reset-pasword. Did you mean reset-password?
            helthcheck                | Unknown command: helthcheck. Did you mean healthcheck?
            start                     | Unknown command: start.
            -x                        | Unknown option: -x.
            reset-password secret     | Unknown command: secret.
            --check-config backup x   | --check-config stands alone: it checks the settings and runs no command.
            --config                  | Missing required parameter for option '--config' (FILE).
            """)
    void what_is_unknown_is_refused_with_a_hint(String arguments, String message) {
        assertThat(run(arguments.split(" "))).hasValue(2);

        assertThat(err.toString())
                .startsWith(message)
                .contains("See java -jar openuptimes.jar")
                .contains("--help");
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(served).isEmpty();
    }

    @Test
    void without_a_command_the_service_starts_with_the_file_that_is_given() {
        assertThat(run("--config", "a.yaml")).isEmpty();

        assertThat(served).containsExactly("a.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void the_help_names_every_option_and_command(String option) {
        assertThat(run(option)).hasValue(0);

        assertThat(out.toString())
                .contains(
                        "--config",
                        "--check-config",
                        "--help",
                        "--version",
                        "reset-password",
                        "healthcheck",
                        "Examples");
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-password", "healthcheck"})
    void each_command_explains_itself(String command) {
        assertThat(run(command, "--help")).hasValue(0);

        assertThat(out.toString()).contains("Usage: java -jar openuptimes.jar " + command);
    }

    @Test
    void the_version_is_told() {
        assertThat(run("--version")).hasValue(0);

        assertThat(out.toString()).startsWith("OpenUptimes ");
    }

    @Test
    void settings_that_a_start_would_refuse_are_told_all_at_once() throws Exception {
        Path services = Files.writeString(
                dir.resolve("services.yaml"),
                "services: [{name: A, url: 'http://127.0.0.1/', interval: 0}, {name: B, url: 'http://127.0.0.1/', body: '${NOPE}'}]");
        environment.put("OPENUPTIMES_SERVICES_FILE", services.toString());
        environment.put("OPENUPTIMES_HTTP_TLS_CERT", dir.resolve("none.pem").toString());
        environment.put("OPENUPTIMES_HTTP_TLS_KEY", dir.resolve("none.pem").toString());

        assertThat(run("--check-config")).hasValue(2);

        assertThat(err.toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("Bad setting: "))
                .anySatisfy(line -> assertThat(line).contains("http.tls.cert"))
                .anySatisfy(line -> assertThat(line).contains("services[0] \"A\": interval: must be"))
                .anySatisfy(line -> assertThat(line)
                        .contains("services[1] \"B\": body: environment variable")
                        .contains("NOPE"));
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void good_settings_are_ok_and_nothing_is_touched() throws Exception {
        Path services =
                Files.writeString(dir.resolve("services.yaml"), "services: [{name: A, url: 'http://127.0.0.1/'}]");
        environment.put("OPENUPTIMES_SERVICES_FILE", services.toString());

        assertThat(run("--check-config")).hasValue(0);

        assertThat(out.toString()).contains("The settings are ok: 1 declared service in " + services);
        assertThat(dir.resolve("data")).doesNotExist();
        assertThat(served).isEmpty();
    }

    @Test
    void a_settings_file_that_does_not_exist_is_told() {
        assertThat(run("--check-config", "--config", "/nope.yaml")).hasValue(2);

        assertThat(err.toString()).contains("Bad setting: --config: file /nope.yaml does not exist");
    }

    @Test
    void the_option_takes_precedence_over_the_environment() throws Exception {
        environment.put("OPENUPTIMES_CONFIG", "/nope.yaml");
        Path file = Files.writeString(dir.resolve("settings.yaml"), "http: {port: 99999}");

        assertThat(run("--check-config", "--config", file.toString())).hasValue(2);

        assertThat(err.toString()).contains("http.port").doesNotContain("nope");
    }

    @Test
    void no_password_is_reset_where_no_service_was() {
        typed.add("a-new-password");

        assertThat(run("reset-password")).hasValue(1);

        assertThat(err.toString()).contains("No service has used the data directory " + dir.resolve("data"));
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void a_service_that_does_not_answer_is_not_healthy() throws Exception {
        environment.put("OPENUPTIMES_HTTP_HOST", "127.0.0.1");
        environment.put("OPENUPTIMES_HTTP_PORT", String.valueOf(FreePorts.one()));

        assertThat(run("healthcheck")).hasValue(1);

        assertThat(err.toString()).contains("http://127.0.0.1:", "/healthz");
    }

    @Test
    void bad_settings_are_not_healthy_either() {
        environment.put("OPENUPTIMES_HTTP_PORT", "many");

        assertThat(run("healthcheck")).hasValue(1);

        assertThat(err.toString()).contains("Bad setting: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            too short          |                    | The password must be 10 to 1000 characters.
            long enough, one   | long enough, two   | The passwords differ.
            long enough, one   |                    | The passwords differ.
            """)
    void a_typed_password_that_will_not_do_is_refused(String first, @Nullable String second, String message) {
        terminal = true;
        typed.add(first);
        if (second != null) {
            typed.add(second);
        }
        Throwable refused = catchThrowable(() -> NewPassword.read(input()));

        assertThat(refused).isInstanceOf(CommandFailure.class).hasMessage(message + " Nothing was changed.");
    }

    @Test
    void a_password_that_would_be_visible_is_not_read() {
        visible = true;
        typed.add("0123456789");

        Throwable refused = catchThrowable(() -> NewPassword.read(input()));

        assertThat(refused).isInstanceOf(CommandFailure.class).hasMessageContaining("would be visible");
        assertThat(typed).hasSize(1);
    }

    @Test
    void a_password_is_typed_twice_or_one_line_of_standard_input() throws Exception {
        typed.addAll(List.of("0123456789", "0123456789"));
        terminal = true;
        assertThat(NewPassword.read(input())).isEqualTo("0123456789");

        terminal = false;
        typed.add(" with spaces ");
        assertThat(NewPassword.read(input())).isEqualTo(" with spaces ");
    }
}
