package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RawClient;
import io.openuptimes.web.ApiServer.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation with a request body, with invalid bodies. */
class BodyCostTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private static final String OPERATIONS = """
            POST, /api/services, name
            PUT, /api/services?name=a, timeout
            PATCH, /api/services?name=a, interval
            PATCH, /api/services?label=a, timeout
            POST, /api/services/test, expectedStatus
            PUT, /api/services/bulk, services
            POST, /api/services/restore, id
            PATCH, /api/ping-history/ttl, ttl
            POST, /api/auth/login, password
            PUT, /api/auth/password, newPassword
            POST, /api/setup/complete, siteName
            POST, /api/keys, name
            PATCH, /api/site, logo
            """;

    private static void refused(String method, String path, String body, String message) {
        Answer answer = api.call(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(textBlock = OPERATIONS)
    void aNumberOutOfRangeIsTheCallersFault(String method, String path, String field) {
        boolean bulk = path.endsWith("bulk");
        String object = "{\"" + (bulk ? "timeout" : field) + "\": 1e2147483648}";
        refused(
                method,
                path,
                bulk ? "[" + object + "]" : object,
                "body: contains a number out of range (line 1, column ");
    }

    @ParameterizedTest
    @CsvSource(textBlock = OPERATIONS)
    void membersWithoutEndAreRefused(String method, String path, String field) {
        boolean bulk = path.endsWith("bulk");
        String object = "{\"" + field + "\": [" + "[],".repeat(200_000) + "[]]}";
        refused(method, path, bulk ? "[" + object + "]" : object, ": must have at most 1000 members in all");
    }

    /** Except sign-in, which is open to callers without any right. */
    @Test
    void callersWithoutARightAreAnsweredBeforeTheirBodyIsRead() throws IOException {
        Map<String, RawClient> answered = new LinkedHashMap<>();
        try {
            for (String line : OPERATIONS.lines().toList()) {
                String[] operation = line.split(", ", -1);
                if (operation[1].equals("/api/auth/login")) {
                    continue;
                }
                RawClient client = new RawClient(api.port());
                answered.put(line, client);
                client.send(operation[0] + " " + operation[1]
                        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000000\r\n\r\n{\"" + operation[2] + "\": \"");
                assertThat(client.answer()).as(line).startsWith("HTTP/1.1 401");
            }
            for (RawClient client : answered.values()) {
                client.awaitEnd(); // some seconds after the response, concurrently for all clients
            }
        } finally {
            for (RawClient client : answered.values()) {
                client.close();
            }
        }
        assertThat(answered).hasSize(12);
    }
}
