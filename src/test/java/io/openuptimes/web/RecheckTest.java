package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes of a service trigger an immediate check. */
class RecheckTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeEach
    void oneServiceThatHasBeenChecked() throws Exception {
        api.deleteAll();
        api.create(new JsonObject().put("name", "a").put("url", api.url(200)));
        eventually(() -> assertThat(api.get("/api/status").text()).contains("\"status\":\"up\""));
    }

    /**
     * The total number of results of the service, ending with a check triggered here. Earlier checks have ended and are
     * included, since triggers are processed in order.
     */
    private static int recorded() throws Exception {
        api.getWithKey("/api/schedule");
        eventually(() -> assertThat(api.getWithKey("/metrics").text()).contains("\nopenuptimes_checks_in_flight 0"));
        String name = api.getWithKey("/api/services")
                .json()
                .getJsonArray("services")
                .getJsonObject(0)
                .getString("name");
        eventually(() ->
                assertThat(api.getWithKey("/api/ping?service=" + name).status()).isEqualTo(200));
        return api.getWithKey("/api/history/" + name)
                .json()
                .getJsonArray("history")
                .size();
    }

    private static void change(String fields) {
        assertThat(api.call("PATCH", "/api/services?name=a", fields).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"b\"}",
                "{\"description\": \"new\"}",
                "{\"group\": \"new\"}",
                "{\"visible\": false}",
                "{\"interval\": 3600}",
                "{\"timeout\": 10000}",
                "{\"paused\": true}"
            })
    void whatLeavesTheCheckAsItIsStartsNone(String fields) throws Exception {
        int before = recorded();
        change(fields);
        assertThat(recorded()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\": \"http://localhost:9/\"}",
                "{\"method\": \"HEAD\"}",
                "{\"headers\": {\"X-A\": \"b\"}}",
                "{\"body\": \"text\", \"method\": \"POST\"}",
                "{\"body\": \"text\"}",
                "{\"timeout\": 5000}",
                "{\"expectedStatus\": 204}",
                "{\"followRedirects\": false}",
                "{\"ignoreTlsErrors\": true}",
                "{\"expectedStatuses\": \"200-299\"}",
                "{\"minTlsVersion\": \"1.3\"}",
                "{\"clientCertificate\": \"shop\"}"
            })
    void anotherCheckIsMadeAtOnce(String fields) throws Exception {
        int before = recorded();
        change(fields);
        assertThat(recorded()).isEqualTo(before + 2);
    }

    @Test
    void aServiceIsCheckedWhenItIsResumedAndNotBefore() throws Exception {
        int before = recorded();
        change("{\"paused\": true}");
        change("{\"url\": \"http://localhost:9/\"}");
        assertThat(recorded()).isEqualTo(before + 1);
        change("{\"paused\": false}");
        assertThat(recorded()).isEqualTo(before + 3);
    }
}
