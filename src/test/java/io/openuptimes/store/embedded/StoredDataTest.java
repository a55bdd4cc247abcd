package io.openuptimes.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files alone reveal, including those from elsewhere without a record of the server that wrote them. */
class StoredDataTest {

    @TempDir
    private Path dir;

    @ParameterizedTest(name = "{0}: {1} is read by {2}: {3}")
    @CsvSource({
        "appendonly.aof, REDIS0009, Redis 6.2.11, true",
        "appendonly.aof, '*2\r\n$6\r\nSELECT', Redis 6.2.11, true",
        "appendonly.aof, '', Redis 5.0.14, true",
        "appendonlydir/appendonly.aof.1.base.rdb, REDIS0010, Redis 7.0.15, true",
        "appendonlydir/appendonly.aof.1.base.rdb, REDIS0010, Redis 6.2.14, false",
        "appendonlydir/appendonly.aof.1.base.rdb, REDIS0009, Redis 6.2.14, false",
        "appendonlydir/appendonly.aof.1.base.aof, '*2\r\n$6\r\nSELECT', Redis 6.2.14, false",
        "appendonlydir/appendonly.aof.1.base.aof, '*2\r\n$6\r\nSELECT', Redis 7.0.15, true",
        "appendonlydir/appendonly.aof.7.base.rdb, REDIS0011, Redis 7.0.15, false",
        "appendonlydir/appendonly.aof.7.base.rdb, REDIS0011, Valkey 7.2.5, true",
        "appendonlydir/appendonly.aof.7.base.rdb, REDIS0012, Valkey 8.1.1, false",
        "appendonlydir/appendonly.aof.7.base.rdb, REDIS0012, Redis 8.0.2, true",
        "appendonlydir/appendonly.aof.7.base.rdb, VALKEY080, Valkey 9.0.0, true",
        "appendonlydir/appendonly.aof.7.base.rdb, VALKEY080, Redis 8.0.2, false"
    })
    void the_beginning_of_a_file_says_how_new_a_server_must_be(
            String file, String beginning, String server, boolean readable) throws IOException {
        Path written = dir.resolve(file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, beginning + "and so on");

        assertThat(StoredData.in(dir).isReadableBy(ServerVersionTest.of(server)))
                .isEqualTo(readable);
    }

    @Test
    void the_server_that_was_started_last_is_remembered() throws IOException {
        assertThat(StoredData.in(dir).writer()).isEmpty();

        StoredData.record(dir, ServerVersionTest.of("Valkey 8.1.1"));

        assertThat(StoredData.in(dir).writer()).contains(ServerVersionTest.of("Valkey 8.1.1"));
    }

    @Test
    void any_server_may_begin_anew() throws IOException {
        assertThat(StoredData.in(dir).isReadableBy(ServerVersionTest.of("Redis 5.0.14")))
                .isTrue();
    }
}
