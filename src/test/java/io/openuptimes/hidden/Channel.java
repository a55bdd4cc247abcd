package io.openuptimes.hidden;

import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to read from the service other than event streams; each returns all responses, including headers. */
enum Channel {
    SINCE("/api/status?since=%s", "/api/status?since=%s&q=secret", "/api/status?since=%s&group=secret-crowd"),
    TRANSITIONS("/api/transitions?since=%s&limit=1000", "/api/transitions?limit=1000"),
    PAGES(
            "/api/status",
            "/api/status?limit=1000",
            "/api/status?limit=1000&sort=-name&include=groups",
            "/api/status?limit=1&sort=group&include=groups",
            "/api/status?q=secret",
            "/api/status?group=secret-crowd&include=groups"),
    METRICS("/metrics");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @SuppressWarnings("ImmutableEnumChecker") // created by List.of
    private final List<String> paths;

    Channel(String... paths) {
        this.paths = List.of(paths);
    }

    /**
     * @param since the caller's last known version
     */
    String look(RunningApp app, boolean withKey, String since) {
        return paths.stream()
                .map(path -> {
                    HttpResponse<String> answer = get(app, path.replace("%s", since), withKey);
                    return path + " -> " + answer.statusCode() + " "
                            + answer.headers().map() + " " + answer.body();
                })
                .collect(Collectors.joining("\n"));
    }

    /** Responses of the endpoints that look a service up by name, without a key. */
    static String byName(RunningApp app, String name) {
        return Stream.of("/api/history", "/api/uptime", "/api/response-times", "/api/transitions")
                .map(path -> get(app, path + "?service=" + name, false))
                .map(answer -> answer.statusCode() + " " + answer.body())
                .collect(Collectors.joining("\n"));
    }

    static HttpResponse<String> get(RunningApp app, String path, boolean withKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .timeout(Duration.ofMinutes(1));
        if (withKey) {
            request.header("Authorization", "Bearer " + NodeGroup.KEY);
        }
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }
}
