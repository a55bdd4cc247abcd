package io.openuptimes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.testing.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar with command line arguments, with and without a running service. */
class CommandLineIT {

    private static final String OLD = "the-old-password";
    private static final String NEW = "the-new-password";

    @TempDir
    private Path dir;

    private record Ended(int code, String output) {}

    /** Runs in the service's directory, with the settings of {@link ServiceProcess}. */
    private Ended run(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("openuptimes.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENUPTIMES_") || name.equals("REDIS_URL"));
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // exited without reading its input
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        return new Ended(process.exitValue(), output);
    }

    private static int signIn(ServiceProcess service, String password) throws Exception {
        return service.send("POST", "/api/auth/login", "{\"password\":\"" + password + "\"}")
                .statusCode();
    }

    private static void setUp(ServiceProcess service) throws Exception {
        assertThat(service.send("POST", "/api/setup/complete", "{\"password\":\"" + OLD + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(signIn(service, OLD)).isEqualTo(200);
    }

    @Test
    void a_password_reset_counts_at_once_in_a_running_service() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(dir, Map.of()).ready()) {
            setUp(service);

            Ended reset = run(NEW + "\n", "reset-password");

            assertThat(reset).isEqualTo(new Ended(0, "The admin password is changed, and all sessions have ended.\n"));
            assertThat(signIn(service, OLD)).isEqualTo(401);
            assertThat(signIn(service, NEW)).isEqualTo(200);
            assertThat(service.get("/api/audit").body()).contains("\"command-line\"", "\"changePassword\"");
            assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_password_is_reset_while_the_service_is_stopped() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(dir, Map.of()).ready()) {
            setUp(service);
            service.process().destroy();
            assertThat(service.exitCode()).isZero();
        }

        assertThat(run("short\n", "reset-password").output())
                .contains("The password must be 10 to 1000 characters. Nothing was changed.");
        assertThat(run(NEW + "\n", "reset-password").code()).isZero();

        try (ServiceProcess service = ServiceProcess.start(dir, Map.of()).ready()) {
            assertThat(signIn(service, OLD)).isEqualTo(401);
            assertThat(signIn(service, NEW)).isEqualTo(200);
        }
    }

    @Test
    void before_the_set_up_there_is_no_password_to_reset() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(dir, Map.of()).ready()) {
            Ended reset = run(NEW + "\n", "reset-password");

            assertThat(reset.code()).isEqualTo(1);
            assertThat(reset.output()).startsWith("Setup is not complete");
            assertThat(service.process().isAlive()).isTrue();
        }
    }

    @Test
    void settings_are_checked_without_a_start() throws Exception {
        Files.createDirectories(dir.resolve("conf"));
        Files.writeString(dir.resolve("conf/services.yaml"), "services: [{name: A, url: 'http://127.0.0.1:9/'}]");
        assertThat(run("", "--check-config")).isEqualTo(new Ended(0, """
                        The settings are ok: 1 declared service in conf/services.yaml.
                        The stored data was not checked: no service has used the data directory ./data.
                        """));

        Files.writeString(dir.resolve("conf/openuptimes.yaml"), "http: {port: many}");
        Ended bad = run("", "--check-config");

        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.output()).startsWith("Bad setting: ").contains("http.port");
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void arguments_that_are_unknown_start_nothing() throws Exception {
        Ended refused = run("", "--confg=x");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.output()).startsWith("Unknown option: --confg=x. Did you mean --config?");
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void a_data_directory_that_is_mounted_noexec_is_named_as_such() throws Exception {
        Path mounted = Files.createDirectories(dir.resolve("noexec"));
        List<String> mount = List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs -o noexec none \"$0\" && exec \"$@\"", mounted.toString());
        List<String> tried = new ArrayList<>(mount);
        tried.add("true");
        assumeTrue(exitCode(tried) == 0, "no file systems can be mounted here");

        try (ServiceProcess service = ServiceProcess.start(
                dir,
                Map.of(
                        "OPENUPTIMES_DATA_DIR",
                        mounted.resolve("data").toString(),
                        "OPENUPTIMES_REDIS_SERVER",
                        "bundled"),
                mount,
                List.of())) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.log().lines().reduce((first, second) -> second))
                    .get()
                    .asString()
                    .startsWith("OpenUptimes did not start: The data directory " + mounted.resolve("data")
                            + " is on a file system mounted noexec")
                    .contains("OPENUPTIMES_DATA_DIR");
        }
    }

    private static int exitCode(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
