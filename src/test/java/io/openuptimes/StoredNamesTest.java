package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.store.data.Keys;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services stored by an older version with names that are no longer valid. */
class StoredNamesTest {

    private static final String NAME = " sh\u202eop ";
    private static final String GROUP = "e\u200bu";

    @TempDir
    private Path dir;

    private NodeGroup group;
    private RunningApp app;

    @BeforeEach
    void start() throws Exception {
        group = new NodeGroup(dir);
        app = group.start(Map.of());
        JsonObject made =
                call(app, "POST", "/api/services", fields("plain").encode()).getJsonObject("service");
        group.stop(app);
        store(made.copy().put("name", NAME).put("group", GROUP));
        app = group.start(Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
    }

    private static JsonObject fields(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:9/")
                .put("paused", true);
    }

    /** Stores it like an older version. */
    private void store(JsonObject service) {
        Vertx vertx = Vertx.vertx();
        Redis redis = Redis.createClient(vertx, group.redis().url());
        String id = service.getString("id");
        await(redis.send(Request.cmd(Command.HSET)
                .arg(Keys.services(Keys.partition(id)))
                .arg(id)
                .arg(service.encode())));
        await(redis.send(Request.cmd(Command.DEL).arg(Keys.NAMES)));
        await(redis.send(Request.cmd(Command.HSET).arg(Keys.NAMES).arg(NAME).arg(id)));
        await(vertx.close());
    }

    private static String path(String name) {
        return "/api/services?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private JsonObject stored() throws Exception {
        return call(app, "GET", path(NAME), "").getJsonArray("services").getJsonObject(0);
    }

    private static String bulk(JsonObject service) {
        return new JsonObject().put("services", new JsonArray().add(service)).encode();
    }

    @Test
    void theyStayEditable() throws Exception {
        assertThat(stored().getString("group")).isEqualTo(GROUP);

        call(app, "PATCH", path(NAME), new JsonObject().put("timeout", 500).encode());
        call(app, "PUT", path(NAME), fields(NAME).put("group", GROUP).encode());
        JsonObject many = call(
                app,
                "PUT",
                "/api/services/bulk",
                bulk(fields(NAME).put("group", GROUP).put("timeout", 700)));
        assertThat(many.getJsonObject("counts").getInteger("changed")).isEqualTo(1);
        call(
                app,
                "PATCH",
                "/api/services?group=" + URLEncoder.encode(GROUP, StandardCharsets.UTF_8),
                "{\"timeout\": 800}");
        assertThat(stored().getInteger("timeout")).isEqualTo(800);

        JsonObject export = call(app, "GET", "/api/services", "");
        JsonObject again = call(app, "PUT", "/api/services/bulk", export.encode());
        assertThat(again.getJsonObject("counts").getInteger("unchanged")).isEqualTo(1);
    }

    @Test
    void onlyNewNamesAreHeldToTheRules() throws Exception {
        assertThat(NodeGroup.send(
                                app,
                                "PATCH",
                                path(NAME),
                                new JsonObject().put("name", "x\u202ey").encode())
                        .statusCode())
                .isEqualTo(400);
        assertThat(NodeGroup.send(
                                app,
                                "PATCH",
                                path(NAME),
                                new JsonObject().put("group", "x\u200by").encode())
                        .statusCode())
                .isEqualTo(400);

        JsonObject renamed = call(
                app, "PATCH", path(NAME), new JsonObject().put("name", "shop").encode());

        assertThat(renamed.getJsonObject("service").getString("group")).isEqualTo(GROUP);
        call(app, "DELETE", path("shop"), "");
    }
}
