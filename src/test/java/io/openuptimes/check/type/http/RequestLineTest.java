package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.CurlProgram;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.NameServer;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path and host sent to a server, byte by byte. */
class RequestLineTest extends ProberTestBase {

    private RawServer server;

    @BeforeEach
    void listen() {
        server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    /** Most versions of curl keep encoded dots; browsers do not. */
    @ParameterizedTest
    @CsvSource({
        "/a/../b,            /b,       true",
        "/a/./b?c=/../d,     /a/b?c=/../d, true",
        "/../../b/..,        /,        true",
        "/a/b/..,            /a/,      true",
        "/a/%2e%2e/b,        /b,       false",
        "/a/.%2E/b,          /b,       false",
        "/a/%2e/b,           /a/b,     false",
        "/a/%2e%2e%2e/b,     /a/%2e%2e%2e/b, true"
    })
    void dotSegmentsAreNotSent(String path, String sent, boolean asCurl) throws Exception {
        String url = "http://127.0.0.1:" + server.port() + path;
        assertThat(probe(url).outcome()).isEqualTo(Outcome.UP);
        assertThat(requestLine()).isEqualTo("GET " + sent + " HTTP/1.1");
        if (asCurl && CurlProgram.isThere()) {
            assertThat(CurlProgram.status(url, "--noproxy", "*")).isEqualTo("200, exit 0");
            assertThat(requestLine()).isEqualTo("GET " + sent + " HTTP/1.1");
        }
    }

    private String requestLine() {
        return server.next().awaitHead().lines().findFirst().orElseThrow();
    }

    @Test
    void anInternationalNameIsLookedUpAndSentAsAnALabel(@TempDir Path directory) throws Exception {
        Path hosts =
                Files.writeString(directory.resolve("hosts"), "127.0.0.1 xn--strae-oqa.test\n127.0.0.9 strasse.test\n");
        try (NameServer names = new NameServer()) {
            Path resolvConf = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
            JudgedProber own = new JudgedProber(
                    vertx,
                    new Settings.Checks(60, 1, 2000, 20, null, 0),
                    EgressPolicy.standard(),
                    Clock.systemUTC(),
                    new NameFiles(hosts, resolvConf, names.port()));
            try {
                CheckResult result =
                        Probes.await(context, own, Services.of("http://Straße.test:" + server.port() + "/"));
                assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
                assertThat(server.next().awaitHead().lines())
                        .anyMatch(line -> line.equalsIgnoreCase("Host: xn--strae-oqa.test:" + server.port()));
            } finally {
                Await.await(own.close());
            }
        }
    }
}
