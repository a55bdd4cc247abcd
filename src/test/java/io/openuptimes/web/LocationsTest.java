package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Locations and quorum in all operations that accept or return services. */
class LocationsTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonObject service(String name) {
        return api.getWithKey("/api/services?name=" + name)
                .json()
                .getJsonArray("services")
                .getJsonObject(0);
    }

    private static JsonObject fields(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200));
    }

    @Test
    void manyAreMadeChangedAndExportedWithThem() {
        JsonArray many = new JsonArray()
                .add(fields("a")
                        .put("locations", new JsonArray(List.of("eu", "us")))
                        .put("quorum", 1))
                .add(fields("b"));
        assertThat(api.call("PUT", "/api/services/bulk", many.encode()).status())
                .isEqualTo(200);
        String exported = api.getWithKey("/api/services/export")
                .json()
                .getJsonArray("services")
                .encode();
        assertThat(service("a").getJsonArray("locations")).containsExactly("eu", "us");
        assertThat(service("b").getMap()).doesNotContainKeys("locations", "quorum");
        JsonObject same = api.call("PUT", "/api/services/bulk", exported).json();
        assertThat(same.getJsonObject("counts").getInteger("unchanged")).isEqualTo(2);

        Answer changed = api.call("PATCH", "/api/services?group=", "{\"locations\": [\"ap\"], \"quorum\": null}");
        assertThat(changed.json().getJsonArray("changed"))
                .extracting(one -> ((JsonObject) one).getJsonArray("fields").encode())
                .containsExactlyInAnyOrder("[\"locations\",\"quorum\"]", "[\"locations\"]");
        assertThat(service("b").getJsonArray("locations")).containsExactly("ap");
        assertThat(service("b").getValue("quorum")).isNull();
        assertThat(api.call("PATCH", "/api/services?name=a", "{\"quorum\": 2}").message())
                .isEqualTo("quorum: must be a whole number from 1 to 1");
        Answer bad = api.call("PUT", "/api/services/bulk", "[" + fields("c").put("locations", "eu") + "]");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.text()).contains("\"field\":\"locations\"");
        assertThat(api.call("PATCH", "/api/services?name=a", "{\"locations\": []}")
                        .status())
                .isEqualTo(200);
        assertThat(service("a").getMap()).doesNotContainKeys("locations", "quorum");
    }

    @Test
    void statusAndHistoryOfALocationNobodyIsAtAreEmpty() throws Exception {
        api.create(fields("a").put("locations", new JsonArray(List.of("eu"))));
        JsonObject whole =
                api.get("/api/status").json().getJsonArray("services").getJsonObject(0);
        assertThat(whole.getJsonArray("locations").encode())
                .isEqualTo("[{\"location\":\"eu\",\"status\":\"unknown\",\"lastChecked\":null,\"responseTime\":null}]");
        assertThat(api.get("/api/history/a?location=eu").json().getJsonArray("history"))
                .isEmpty();
        JsonObject uptime = api.get("/api/uptime?service=a&location=eu")
                .json()
                .getJsonArray("services")
                .getJsonObject(0);
        assertThat(uptime.getString("name")).isEqualTo("a");
        for (String path : List.of("/api/history/a?", "/api/response-times?service=a&", "/api/uptime?service=a&")) {
            Answer refused = api.get(path + "location=us");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message()).isEqualTo("location: the service is not checked from this location");
        }
        eventually(() -> assertThat(api.getWithKey("/api/nodes").json().getJsonArray("uncovered"))
                .containsExactly("eu"));
    }
}
