package io.openuptimes.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

    @ParameterizedTest
    @CsvSource({
        "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d7c971a948f0, Redis 7.0.15",
        "Redis server v=255.255.255 sha=0:0, Redis 255.255.255",
        "Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0, Valkey 8.1.1",
        "Redis 6.2.11, Redis 6.2.11"
    })
    void is_what_the_program_prints(String printed, String version) {
        assertThat(ServerVersion.parse(printed)).map(ServerVersion::toString).contains(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "KeyDB server v=6.3.4",
                "redis-cli 7.0.15",
                "Redis server v=7.0",
                "Redis server v=9999999.1.1"
            })
    void anything_else_is_no_server(String printed) {
        assertThat(ServerVersion.parse(printed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Redis 6.2.20, false",
        "Redis 7.0.14, false",
        "Redis 7.0.15, true",
        "Redis 7.2.0, true",
        "Redis 8.0.2, true",
        "Valkey 7.2.0, true",
        "Valkey 8.1.1, true"
    })
    void is_maintained_from_the_version_on_that_distributions_mend(String version, boolean maintained) {
        assertThat(of(version).isMaintained()).isEqualTo(maintained);
    }

    @ParameterizedTest
    @CsvSource({
        "Redis 6.2.11, 9, true",
        "Redis 6.2.11, 10, false",
        "Redis 7.0.15, 10, true",
        "Redis 7.0.15, 11, false",
        "Redis 7.2.0, 11, true",
        "Redis 7.2.0, 12, false",
        "Redis 7.4.0, 12, true",
        "Redis 8.4.0, 13, true",
        "Redis 8.4.0, 80, false",
        "Valkey 8.1.1, 11, true",
        "Valkey 8.1.1, 12, false",
        "Valkey 8.1.1, 80, false",
        "Valkey 9.0.0, 80, true",
        "Valkey 9.0.0, 11, true",
        "Valkey 9.0.0, 12, false"
    })
    void reads_the_rdb_versions_of_its_own_line(String version, int rdb, boolean reads) {
        assertThat(of(version).readsRdb(rdb)).isEqualTo(reads);
    }

    static ServerVersion of(String version) {
        return ServerVersion.parse(version).orElseThrow();
    }
}
