package io.openuptimes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RedisCalls;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Every kind of configuration write, on an existing object, and the configuration stored in Redis. */
final class ConfigurationWrites {

    /** The command that commits a change: its last key is the change's note, its last argument a time. */
    static final Pattern COMMIT = Pattern.compile(":change:[-0-9a-f]{36}\r\n(.*\r\n)*\\$13\r\n[0-9]{13}\r\n");

    static final String PASSWORD = "a password that is long";
    private static final String LOGO = "data:image/svg+xml;base64,"
            + "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxIiBoZWlnaHQ9IjEiLz4=";

    /**
     * A write request.
     *
     * @param commits number of commands until it is committed
     */
    record Write(String method, String path, String body, int commits, List<String> headers) {

        Write(String method, String path, String body, int commits, String... headers) {
            this(method, path, body, commits, List.of(headers));
        }

        /** Whether it only removes, without a replacement. */
        boolean onlyRemoves() {
            return path.startsWith("/api/keys/") || path.equals("/api/auth/logout");
        }

        @Override
        public String toString() {
            return method + " " + path + (body == null ? "" : " " + body.substring(0, Math.min(40, body.length())));
        }
    }

    private ConfigurationWrites() {}

    /** Creates what the writes need: services a, b and gone (which is deleted), a key, a password and a session. */
    static List<Write> on(Monitored monitored) throws Exception {
        for (String name : List.of("a", "b", "gone")) {
            monitored.done("POST", "/api/services", service(name, "{}"));
        }
        String key = monitored
                .done("POST", "/api/keys", "{\"name\":\"old\",\"scope\":\"read\"}")
                .getJsonObject("apiKey")
                .getString("id");
        monitored.done("PUT", "/api/auth/password", password(PASSWORD));
        HttpResponse<String> in = monitored.send("POST", "/api/auth/login", login(PASSWORD), "Accept", "*/*");
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        String csrf = new JsonObject(in.body()).getString("csrfToken");

        String gone = deleteGone(monitored);
        String paused = "{\"paused\":true}";
        return List.of(
                // first, because undo expires after half a minute
                new Write("POST", "/api/services/restore", "{\"id\":\"" + gone + "\"}", 1),
                new Write("POST", "/api/services/restore", "{\"id\":\"" + gone + "\"}", 2),
                new Write("POST", "/api/services", service("new", "{}"), 1),
                new Write("PUT", "/api/services?name=a", service("a", "{\"description\":\"put\"}"), 1),
                new Write("PUT", "/api/services?name=a", service("renamed", "{}"), 1),
                new Write("PUT", "/api/services?name=a", service("renamed", "{}"), 2),
                new Write("PATCH", "/api/services?name=a", "{\"description\":\"patched\"}", 1),
                new Write("DELETE", "/api/services?name=b", null, 1),
                new Write("PUT", "/api/services/bulk", "[" + service("c", "{}") + "," + service("a", paused) + "]", 1),
                new Write("PATCH", "/api/services?label=kind=test", "{\"description\":\"all\"}", 1),
                new Write("DELETE", "/api/services?label=kind=test", null, 1),
                new Write("PATCH", "/api/ping-history/ttl", "{\"ttl\":3600}", 1),
                new Write("PATCH", "/api/ping-history/ttl", "{\"ttl\":0}", 1),
                new Write("DELETE", "/api/ping-history", null, 1),
                new Write("POST", "/api/keys", "{\"name\":\"new\",\"scope\":\"read\"}", 1),
                new Write("DELETE", "/api/keys/" + key, null, 1),
                new Write("PATCH", "/api/site", "{\"siteName\":\"Other\",\"footer\":\"f\"}", 1),
                new Write("PATCH", "/api/site", "{\"logo\":\"" + LOGO + "\"}", 1),
                new Write("POST", "/api/setup/complete", "{\"siteName\":\"Set up\",\"apiKey\":true}", 1),
                new Write("PUT", "/api/auth/password", password("another password"), 1),
                new Write("POST", "/api/auth/login", login(PASSWORD), 1, "Accept", "*/*"),
                new Write("POST", "/api/auth/logout", null, 1, "Cookie", cookie, "X-CSRF-Token", csrf),
                new Write("DELETE", "/api/auth/sessions", null, 1));
    }

    private static String deleteGone(Monitored monitored) throws Exception {
        return monitored
                .done("DELETE", "/api/services?name=gone", null)
                .getJsonObject("undo")
                .getString("id");
    }

    /** The write, made executable: before a restore, a service is deleted. */
    static Write now(Monitored monitored, Write write) throws Exception {
        if (!write.path.equals("/api/services/restore")) {
            return write;
        }
        monitored.done("POST", "/api/services", service("gone", "{}"));
        return new Write(
                write.method, write.path, "{\"id\":\"" + deleteGone(monitored) + "\"}", write.commits, write.headers);
    }

    private static String password(String password) {
        return new JsonObject()
                .put("currentPassword", PASSWORD)
                .put("newPassword", password)
                .encode();
    }

    private static String login(String password) {
        return new JsonObject().put("password", password).encode();
    }

    private static String service(String name, String fields) {
        return new JsonObject(fields)
                .put("name", name)
                .put("url", "http://127.0.0.1:9/")
                .put("interval", 3600)
                .put("labels", new JsonObject().put("kind", "test"))
                .encode();
    }

    private static String key(String field) {
        return field.substring(0, field.indexOf(' '));
    }

    static HttpResponse<String> send(Monitored monitored, Write write) throws Exception {
        return monitored.send(write.method, write.path, write.body, write.headers.toArray(String[]::new));
    }

    private static final List<String> CONFIGURATION =
            List.of("ou:settings", "ou:keys", "{ou:settings}:keys", "ou:declared", "ou:session:*");

    /** The configuration stored in Redis, without anything that checks change. */
    static SortedMap<String, String> stored(Monitored monitored) throws Exception {
        try (RedisCalls redis = monitored.redis.connect()) {
            SortedMap<String, String> stored = new TreeMap<>();
            for (String pattern : CONFIGURATION) {
                stored.putAll(redis.content(pattern));
            }
            SortedMap<String, String> deleted = redis.content("{ou:*}:deleted:*");
            List<String> forgotten = deleted.entrySet().stream()
                    .filter(entry -> entry.getValue().contains("\"name\":\"gone\"")) // about to expire
                    .map(entry -> key(entry.getKey()))
                    .toList();
            deleted.keySet().removeIf(record -> forgotten.contains(key(record)));
            stored.putAll(deleted);
            stored.putAll(redis.content("{ou:bulk}:committed"));
            // a service exists only if its name in the index points to it, and vice versa
            SortedMap<String, String> names = redis.content("ou:names");
            redis.content("{ou:*}:services").forEach((service, json) -> {
                String id = service.substring(service.indexOf(' ') + 1);
                String name = new JsonObject(json).getString("name");
                if (id.equals(names.get("ou:names " + name))) {
                    stored.put(name, json);
                }
            });
            return stored;
        }
    }
}
