package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.SilentClient;
import io.openuptimes.web.ApiServer.Answer;
import io.openuptimes.web.http.Outflow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Responses to changes while the limit for large responses is exhausted. */
class ChangeAnswersTest {

    /** Exhausted by one response of any size. */
    private static final Outflow.Limits NONE_BESIDES = new Outflow.Limits(1, 1, TimeUnit.HOURS.toMillis(1));

    private static final String EXPORT = "/api/services/export";

    /** More than the socket buffers hold. */
    private static final int UNREAD = 300;

    private static final int MANY = 1_000;

    @RegisterExtension
    static final ApiServer api = new ApiServer().with(NONE_BESIDES);

    private static SilentClient unread;

    @BeforeAll
    static void useUp() throws IOException {
        JsonArray services = new JsonArray();
        for (int i = 0; i < UNREAD; i++) {
            services.add(service("unread " + i).put("method", "POST").put("body", "x".repeat(65_000)));
        }
        assertThat(change("PUT", "/api/services/bulk", services).status()).isEqualTo(200);
        unread = new SilentClient(api.port()).get(EXPORT, "Authorization: Bearer " + ApiServer.KEY);
        assertThat(unread.status()).isEqualTo(200);
        assertThat(api.getWithKey(EXPORT).status()).isEqualTo(429);
    }

    @AfterAll
    static void leave() throws IOException {
        unread.close();
    }

    private static JsonObject service(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200));
    }

    private static Answer change(String method, String path, JsonArray services) {
        return api.call(method, path, new JsonObject().put("services", services));
    }

    private static JsonArray many(String field, String text) {
        JsonArray services = new JsonArray();
        for (int i = 0; i < MANY; i++) {
            services.add(service("many " + i + " " + "x".repeat(150)).put(field, text));
        }
        return services;
    }

    @Test
    void aChangeOfManyIsAnsweredWithShorterLists() {
        Answer made = change("PUT", "/api/services/bulk", many("group", "made"));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().getJsonObject("counts").getInteger("created")).isEqualTo(MANY);
        assertThat(made.json().getJsonArray("created")).isNotEmpty().hasSizeLessThan(MANY);
        assertThat(made.json().getBoolean("truncated")).isTrue();

        Answer deleted = api.call("DELETE", "/api/services?group=made", (String) null);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.json().getJsonObject("counts").getInteger("deleted")).isEqualTo(MANY);
    }

    @Test
    void aRefusedChangeOfManySaysWhatIsWrong() {
        Answer refused = change("PUT", "/api/services/bulk", many("interval", "often"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().getInteger("total")).isEqualTo(MANY);
        assertThat(refused.json().getJsonArray("problems")).isNotEmpty();
        assertThat(refused.json().getBoolean("truncated")).isTrue();
    }

    @Test
    void aLargeServiceIsAnsweredWithoutItsLongFields() {
        JsonObject large = service("large").put("method", "POST").put("body", "y".repeat(65_536));

        Answer created = api.call("POST", "/api/services", large);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("ETag")).isNotNull();
        assertThat(created.json().getBoolean("truncated")).isTrue();
        JsonObject service = created.json().getJsonObject("service");
        assertThat(service.getString("name")).isEqualTo("large");
        assertThat(service.getString("body")).isEmpty();
    }
}
