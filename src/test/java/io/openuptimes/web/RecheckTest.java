package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes of a service make it be checked at once. */
class RecheckTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private static final Pattern STARTED = Pattern.compile("openuptimes_check_lag_seconds_count (\\d+)");

    @BeforeEach
    void oneServiceThatHasBeenChecked() throws Exception {
        api.deleteAll();
        api.create(new JsonObject().put("name", "a").put("url", api.url(200)));
        eventually(() -> assertThat(api.get("/api/status").text()).contains("\"status\":\"up\""));
    }

    /** Checks since the start; whatever was answered before this has got to where they are started. */
    private static int started() {
        api.getWithKey("/api/schedule");
        Matcher count = STARTED.matcher(api.getWithKey("/metrics").text());
        assertThat(count.find()).isTrue();
        return Integer.parseInt(count.group(1));
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
    void whatLeavesTheCheckAsItIsStartsNone(String fields) {
        int before = started();
        change(fields);
        assertThat(started()).isEqualTo(before);
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
    void anotherCheckIsMadeAtOnce(String fields) {
        int before = started();
        change(fields);
        assertThat(started()).isEqualTo(before + 1);
    }

    @Test
    void aServiceIsCheckedWhenItIsResumedAndNotBefore() {
        int before = started();
        change("{\"paused\": true}");
        change("{\"url\": \"http://localhost:9/\"}");
        assertThat(started()).isEqualTo(before);
        change("{\"paused\": false}");
        assertThat(started()).isEqualTo(before + 1);
    }
}
