package io.openuptimes.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.Curl.Call;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The service's API with the admin key, to set up tests and inspect the effects of pages. */
final class Api {

    static final String KEY = "a-key-for-tests-0123456789";

    private final Curl curl;

    Api(int port) {
        curl = new Curl(port);
    }

    Curl curl() {
        return curl;
    }

    JsonObject get(String path) {
        return expect(200, curl.get(path).key(KEY).send());
    }

    JsonObject call(String method, String path, JsonObject body) {
        return expect(200, curl.call(method, path).key(KEY).json(body.encode()).send());
    }

    private static JsonObject expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    /** Creates a service with this name and the other fields. */
    JsonObject create(String name, String url, JsonObject others) {
        JsonObject body = new JsonObject().put("name", name).put("url", url).mergeIn(others);
        Call call = curl.call("POST", "/api/services").key(KEY).json(body.encode());
        return expect(201, call.send()).getJsonObject("service");
    }

    JsonObject create(String name, String url) {
        return create(name, url, new JsonObject());
    }

    /** A service's fields. */
    JsonObject service(String name) {
        return named(services(), name);
    }

    private static JsonObject named(List<JsonObject> services, String name) {
        return services.stream()
                .filter(service -> service.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service " + name));
    }

    List<JsonObject> services() {
        return services("/api/services");
    }

    /** A service's fields, including secrets. */
    JsonObject withSecrets(String name) {
        return named(services("/api/services/export?secrets=true"), name);
    }

    private List<JsonObject> services(String path) {
        return get(path).getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    JsonObject change(String name, JsonObject fields) {
        return call("PATCH", "/api/services?name=" + encoded(name), fields);
    }

    void checkNow(String name) {
        get("/api/ping?service=" + encoded(name));
    }

    void delete(String name) {
        expect(
                200,
                curl.call("DELETE", "/api/services?name=" + encoded(name))
                        .key(KEY)
                        .send());
    }

    void deleteAll() {
        services().forEach(service -> delete(service.getString("name")));
    }

    /** Creates a key and returns its id. */
    String makeKey(String name) {
        return makeKey(name, new JsonObject());
    }

    /** Creates a key with additional fields and returns its id. */
    String makeKey(String name, JsonObject others) {
        JsonObject body =
                new JsonObject().put("name", name).put("scope", "read").mergeIn(others);
        return expect(
                        201,
                        curl.call("POST", "/api/keys")
                                .key(KEY)
                                .json(body.encode())
                                .send())
                .getJsonObject("apiKey")
                .getString("id");
    }

    void revokeKey(String id) {
        expect(200, curl.call("DELETE", "/api/keys/" + id).key(KEY).send());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
