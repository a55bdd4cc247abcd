package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit log's limit for failed sign-ins, shared by all instances of the web verticle. */
class FailedSignInsTest {

    private static final int INSTANCES = 3;
    private static final int A_MINUTE = 60;

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_INSTANCES", "" + INSTANCES);

    @Test
    void sixtyAMinuteHaveAnEntryHoweverManyInstancesThereAre() throws IOException {
        String body = "{\"password\":\"before there is one\"}";
        for (int i = 0; i < A_MINUTE + INSTANCES * 5; i++) {
            // several connections are spread over the instances
            try (RawClient client = new RawClient(api.port())) {
                String answer = client.send(
                                "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .answer();
                assertThat(answer).startsWith("HTTP/1.1 401 ");
            }
        }

        assertThat(api.getWithKey("/api/audit?failed=true&limit=1000").json().getJsonArray("entries"))
                .hasSize(A_MINUTE);
    }
}
