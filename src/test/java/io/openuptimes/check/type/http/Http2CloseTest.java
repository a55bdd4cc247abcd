package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.RawHttp2Server;
import io.openuptimes.testing.Services;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that closes TLS in the middle of an HTTP/2 response but keeps the TCP connection open. */
@Timeout(120)
class Http2CloseTest {

    private static final int GRACEFUL_SHUTDOWN_MILLIS = 30_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNoticedAtOnce(boolean withBoringSsl, @TempDir Path directory) throws Exception {
        Path keys =
                Certificates.in(directory).selfSigned("server", "ip:127.0.0.1").store();
        Vertx vertx = Vertx.vertx();
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            conversation.status("200", false);
            conversation.socket().shutdownOutput();
        })) {
            JudgedProber prober = TlsClients.prober(vertx, null, withBoringSsl && OpenSsl.isAvailable());
            CheckResult result = Probes.await(
                    vertx.getOrCreateContext(),
                    prober,
                    Services.of(server.url(), Map.of("ignoreTlsErrors", true, "timeout", 100_000)));
            assertThat(result.outcome()).as(result.error()).isNotIn(Outcome.UP, Outcome.TIMEOUT);
            assertThat(result.responseTime()).isLessThan(GRACEFUL_SHUTDOWN_MILLIS);
        } finally {
            Await.await(vertx.close());
        }
    }
}
