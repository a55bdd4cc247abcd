package io.openuptimes.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.store.embedded.ServerProgram.Origin;
import io.openuptimes.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs are scripts that print a version like the real ones. */
class ServerChoiceTest {

    private static final StoredData NOTHING = new StoredData(Optional.empty(), 0, false);

    @TempDir
    private Path dir;

    @ParameterizedTest(name = "of {0} on data of {1}: {2}")
    @CsvSource({
        "'', '', bundled Redis 7.0.15",
        "redis-server 7.0.15, '', Redis 7.0.15",
        "redis-server 7.0.14, '', bundled Redis 7.0.15",
        "valkey-server 7.2.5, '', Valkey 7.2.5",
        "redis-server 7.2.5 + valkey-server 8.1.1, '', Valkey 8.1.1",
        // the previous server if possible, else one that is recent enough
        "redis-server 7.2.5 + valkey-server 8.1.1, Redis 7.0.15, Redis 7.2.5",
        "redis-server 7.0.15 + valkey-server 8.1.1, Redis 7.2.5, Valkey 8.1.1",
        "redis-server 7.0.15 + valkey-server 8.1.1, Valkey 8.0.0, Valkey 8.1.1",
        "redis-server 7.2.5, Valkey 8.1.1, Redis 7.2.5",
        "valkey-server 8.1.1, Redis 6.2.11, Valkey 8.1.1",
        "redis-server 6.2.14, Redis 6.2.11, bundled Redis 7.0.15",
        "redis-server 8.0.2, Redis 7.4.1, Redis 8.0.2",
        "redis-server 7.0.15, Redis 7.0.16, Redis 7.0.15"
    })
    void an_installed_server_that_is_current_and_not_older_than_the_data_goes_first(
            String installed, String writer, String chosen) throws Exception {
        ServerProgram program = choice(installed).choose("auto", writtenBy(writer));

        assertThat((program.origin() == Origin.BUNDLED ? "bundled " : "") + program.version())
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Redis 7.2.5",
        "'', Valkey 8.1.1",
        "redis-server 7.0.15, Valkey 8.1.1",
        "redis-server 8.0.2, Valkey 9.0.0",
        "valkey-server 8.1.1, Redis 7.4.1",
        "valkey-server 8.0.2, Valkey 8.1.0"
    })
    void nothing_is_started_that_is_older_than_the_data(String installed, String writer) {
        assertThatThrownBy(() -> choice(installed).choose("auto", writtenBy(writer)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The data was written by " + writer)
                .hasMessageContaining("(bundled). Install " + writer + " or newer");
    }

    @Test
    void the_log_tells_of_an_installed_server_that_is_too_old() throws Exception {
        try (LogCapture log = LogCapture.of(ServerChoice.class)) {
            choice("redis-server 6.2.14").choose("auto", NOTHING);

            assertThat(log.lines())
                    .containsExactly("Redis 6.2.14 (" + dir.resolve("redis-server-dir/redis-server")
                            + ") is too old and not used");
        }
    }

    @Test
    void a_directory_that_is_reached_by_two_paths_counts_once() throws Exception {
        Path bin =
                program("usr-bin/redis-server", "Redis server v=7.0.15 sha=0").getParent();
        Path link = Files.createSymbolicLink(dir.resolve("bin"), bin);

        assertThat(InstalledServers.find(List.of(bin, link)))
                .extracting(ServerProgram::executable)
                .containsExactly(bin.resolve("redis-server"));
    }

    @Test
    void a_server_may_be_named_by_its_path() throws Exception {
        Path executable = program("mine/some-redis", "Redis server v=6.2.14 sha=0");

        ServerProgram chosen = choice("valkey-server 8.1.1").choose(executable.toString(), NOTHING);

        assertThat(chosen.executable()).isEqualTo(executable);
        assertThat(chosen.version()).hasToString("Redis 6.2.14");
        assertThatThrownBy(() -> choice("").choose(executable.toString(), writtenBy("Redis 7.0.15")))
                .hasMessageStartingWith("redis.server: The data was written by Redis 7.0.15");
    }

    @Test
    void what_is_named_must_be_a_server_that_is_new_enough() throws IOException {
        Path other = program("other", "KeyDB server v=6.3.4");
        Path old = program("old", "Redis server v=6.0.16 sha=0");

        for (Path path : List.of(other, dir.resolve("none"))) {
            assertThatThrownBy(() -> choice("").choose(path.toString(), NOTHING))
                    .hasMessage("redis.server: " + path + " cannot be run, or is neither a Redis nor a Valkey server");
        }
        assertThatThrownBy(() -> choice("").choose(old.toString(), NOTHING))
                .hasMessage("redis.server: " + old + " is Redis 6.0.16; 6.2 or newer is needed");
    }

    @Test
    void the_bundled_server_can_be_demanded() throws Exception {
        ServerProgram chosen = choice("valkey-server 8.1.1").choose("bundled", NOTHING);

        assertThat(chosen.origin()).isEqualTo(Origin.BUNDLED);
        assertThatThrownBy(() -> choice("valkey-server 8.1.1").choose("bundled", writtenBy("Valkey 8.1.1")))
                .hasMessageStartingWith("redis.server: The data was written by Valkey 8.1.1");
    }

    @Test
    void where_none_is_bundled_one_must_be_installed() {
        ServerChoice choice = new ServerChoice(List::of, Optional.empty());

        assertThatThrownBy(() -> choice.choose("auto", NOTHING))
                .hasMessageContaining("Install valkey-server 7.2 or newer");
        assertThatThrownBy(() -> choice.choose("bundled", NOTHING)).hasMessageContaining("no Redis is bundled");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, redis-server-7.0.15-linux-amd64",
        "Linux, aarch64, redis-server-7.0.15-linux-arm64",
        "Linux, i386, redis-server-7.0.15-linux-386",
        "Mac OS X, aarch64, redis-server-7.0.15-darwin-arm64",
        "Mac OS X, x86_64, redis-server-7.0.15-darwin-amd64",
        "Windows 11, amd64, redis-server-5.0.14.1-windows-amd64.exe"
    })
    void there_is_one_for_each_platform(String os, String architecture, String resource) throws IOException {
        assertThat(BundledServer.resource(os, architecture)).contains(resource);
        try (var content = BundledServer.class.getResourceAsStream("/" + resource)) {
            assertThat(content).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "FreeBSD, amd64", "Windows 11, aarch64", "'', ''"})
    void there_is_none_for_others(String os, String architecture) {
        assertThat(BundledServer.resource(os, architecture)).isEmpty();
    }

    private ServerChoice choice(String installed) {
        return new ServerChoice(
                () -> InstalledServers.find(install(installed)),
                Optional.of(new ServerProgram(
                        dir.resolve("bundled"), ServerVersionTest.of("Redis 7.0.15"), Origin.BUNDLED)));
    }

    private List<Path> install(String programs) {
        return Stream.of(programs.split(" \\+ ", -1))
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    String[] parts = text.split(" ", -1);
                    String product = parts[0].startsWith("valkey") ? "Valkey" : "Redis";
                    return program(parts[0] + "-dir/" + parts[0], product + " server v=" + parts[1] + " sha=0:0")
                            .getParent();
                })
                .toList();
    }

    private Path program(String name, String prints) {
        try {
            Path file = dir.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\necho '" + prints + "'\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static StoredData writtenBy(String writer) {
        return new StoredData(ServerVersion.parse(writer), 0, false);
    }
}
