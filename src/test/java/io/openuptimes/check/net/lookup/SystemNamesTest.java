package io.openuptimes.check.net.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Await;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the system's files take effect. */
class SystemNamesTest {

    private static final long PROMISED_MS = 5_000;

    @TempDir
    private Path directory;

    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void close() throws Exception {
        Await.await(vertx.close());
    }

    private SystemNames names(List<InetSocketAddress> servers) {
        return new SystemNames(
                vertx, new NameFiles(directory.resolve("hosts"), directory.resolve("resolv.conf"), 53), servers);
    }

    @Test
    void oneLookAdoptsWhatHasChangedAndTwoAreMadeInThePromisedTime() throws Exception {
        SystemNames names = names(List.of());
        assertThat(names.current().known("shop.test")).isNull();
        Files.writeString(directory.resolve("hosts"), "127.0.0.2 shop.test\n");
        Files.writeString(directory.resolve("resolv.conf"), "search a.test\n");
        names.look();
        assertThat(names.current().known("shop.test")).hasSize(1);
        assertThat(names.current().resolv().search()).containsExactly("a.test");
        assertThat(2 * SystemNames.LOOK_EVERY_MS).isLessThan(PROMISED_MS);
    }

    @Test
    void serversOfOnesOwnAreUsedWhereResolvConfCannotBeRead() throws Exception {
        Files.createDirectory(directory.resolve("resolv.conf"));
        InetSocketAddress own = new InetSocketAddress("127.0.0.9", 53);
        assertThat(names(List.of(own)).current().resolv().nameServers()).containsExactly(own);
    }
}
