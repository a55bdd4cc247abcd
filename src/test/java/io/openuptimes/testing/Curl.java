package io.openuptimes.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests to a local server, in the style of curl. */
public final class Curl {

    /** Name of the session cookie. */
    public static final String COOKIE = "openuptimes_session";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    public Curl(int port) {
        this.port = port;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public Call call(String method, String path) {
        return new Call(client, HttpRequest.newBuilder(URI.create(url(path))), method);
    }

    public Call get(String path) {
        return call("GET", path);
    }

    /** A request under construction. */
    public record Call(HttpClient client, HttpRequest.Builder request, String method, StringBuilder body) {

        Call(HttpClient client, HttpRequest.Builder request, String method) {
            this(client, request, method, new StringBuilder());
        }

        public Call with(String header, String value) {
            request.header(header, value);
            return this;
        }

        public Call key(String key) {
            return with("Authorization", "Bearer " + key);
        }

        public Call cookie(String token) {
            return with("Cookie", "theme=dark; " + COOKIE + "=" + token);
        }

        public Call from(String address) {
            return with("X-Forwarded-For", address);
        }

        public Call body(String text) {
            body.append(text);
            return this;
        }

        public Call json(String text) {
            return with("Content-Type", "application/json").body(text);
        }

        public Answer send() {
            HttpRequest.BodyPublisher publisher = body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString());
            HttpRequest built = request.method(method, publisher).build();
            return client.sendAsync(built, HttpResponse.BodyHandlers.ofString())
                    .orTimeout(60, TimeUnit.SECONDS)
                    .thenApply(r -> new Answer(r))
                    .join();
        }

        public int status() {
            return send().status();
        }
    }

    /** The response. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonObject json() {
            return new JsonObject(response.body());
        }

        public String message() {
            return json().getString("message");
        }

        @Nullable
        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The session cookie's value from {@code Set-Cookie}. */
        public String token() {
            String set = header("Set-Cookie");
            if (set == null || !set.startsWith(COOKIE + "=")) {
                throw new AssertionError("no cookie set: " + set);
            }
            return set.substring(COOKIE.length() + 1, set.indexOf(';'));
        }
    }
}
