package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.NameServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The setting {@code checks.nameServers}, in the whole service. */
class NameServersTest {

    private static final NameServer names = nameServer();

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_CHECKS_NAME_SERVERS", "127.0.0.1:" + names.port());

    private static NameServer nameServer() {
        try {
            return new NameServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        names.close();
    }

    @Test
    void checksAskTheNameServersOfTheSettings() {
        names.addresses("shop.example.test", "127.0.0.1");
        int port = URI.create(api.url(200)).getPort();
        ApiServer.Answer answer = api.call(
                "POST",
                "/api/services/test",
                new JsonObject().put("url", "http://shop.example.test.:" + port + "/200"));
        assertThat(answer.json().getJsonObject("result").getString("status"))
                .as(answer.text())
                .isEqualTo("up");
        assertThat(names.questions()).contains("A shop.example.test");
    }

    @Test
    void howManyNamesWereForgottenIsAMetric() {
        assertThat(api.getWithKey("/metrics").text()).contains("openuptimes_checks_names_evicted_total 0.0");
    }
}
