package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTtlTest {

    private static final String TTL = "/api/ping-history/ttl";

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_INSTANCES", "3");

    @Test
    void isSetAndKept() {
        assertThat(api.call("PATCH", TTL, "{\"ttl\": 86400}").status()).isEqualTo(200);
        assertThat(api.getWithKey(TTL).text()).isEqualTo("{\"ttl\":86400,\"unlimited\":false}");

        Answer set = api.call("PATCH", TTL, "{\"ttl\": 604800.0}");

        assertThat(set.text())
                .isEqualTo("{\"success\":true,\"ttl\":604800,\"unlimited\":false,"
                        + "\"message\":\"History TTL set to 604800 seconds\"}");
        assertThat(api.getWithKey(TTL).text()).isEqualTo("{\"ttl\":604800,\"unlimited\":false}");
    }

    @Test
    void zeroIsUnlimited() {
        assertThat(api.call("PATCH", TTL, "{\"ttl\": 0}").text())
                .isEqualTo("{\"success\":true,\"ttl\":0,\"unlimited\":true,"
                        + "\"message\":\"History TTL set to unlimited\"}");
        assertThat(api.getWithKey(TTL).text()).isEqualTo("{\"ttl\":0,\"unlimited\":true}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                       | ttl: is required
            {"ttl": null}            | ttl: is required
            {"ttl": -1}              | ttl: must be a whole number
            {"ttl": 1.5}             | ttl: must be a whole number
            {"ttl": 1e-400}          | ttl: must be a whole number
            {"ttl": 86400.00000000000001} | ttl: must be a whole number
            {"ttl": "60"}            | ttl: must be a whole number
            {"ttl": true}            | ttl: must be a whole number
            {"ttl": [1]}             | ttl: must be a whole number
            {"ttl": 315360001}       | ttl: must be a whole number
            {"ttl": 1e300}           | ttl: must be a whole number
            {"ttl": 60, "unit": "s"} | unit: unknown field
            """)
    void anythingElseIsRefused(String body, String message) {
        Answer answer = api.call("PATCH", TTL, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
    }

    @Test
    void aLongNameIsNotRepeatedInFull() {
        Answer answer = api.call("PATCH", TTL, "{\"ttl\": 60, \"" + "x".repeat(1_000) + "\": 1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("x".repeat(60) + "…: unknown field; known fields: ttl");
    }

    @Test
    void clearingLeavesServicesAndTakesTheirChecks() {
        api.create("a", api.url(200));
        api.getWithKey("/api/ping");
        assertThat(api.get("/api/history/a").json().getJsonArray("history")).isNotEmpty();

        Answer cleared = api.call("DELETE", "/api/ping-history", (String) null);

        assertThat(cleared.text()).isEqualTo("{\"success\":true,\"message\":\"Ping history cleared\"}");
        assertThat(api.get("/api/history/a").json().getJsonArray("history")).isEmpty();
        assertThat(api.get("/api/status").json().getJsonArray("services")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET " + TTL, "PATCH " + TTL, "DELETE /api/ping-history"})
    void aKeyIsNeeded(String request) {
        String[] parts = request.split(" ", 2);

        assertThat(api.send(parts[0], parts[1], null).status()).isEqualTo(401);
    }
}
