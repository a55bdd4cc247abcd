package io.openuptimes.testing;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events on its own thread, with a browser's semantics. */
public final class EventReader implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /**
     * A received event.
     *
     * @param id the last event id at that time, empty before the first
     * @param ownId whether the event itself carried an id
     * @param receivedAt epoch milliseconds
     */
    public record Event(String id, boolean ownId, String name, JsonObject data, long receivedAt) {}

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile boolean ended;
    private volatile boolean cutOff;

    /** Connects and waits for the response headers. */
    public EventReader(String url, String... headers) {
        this(CLIENT, url, headers);
    }

    /** Connects with a given client, such as one that trusts the server's certificate. */
    public EventReader(HttpClient client, String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).version(HttpClient.Version.HTTP_1_1);
        if (headers.length > 0) {
            request.headers(headers);
        }
        response = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        Thread thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String data = null;
            boolean ownId = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (data != null) {
                        events.add(new Event(lastId, ownId, name, new JsonObject(data), System.currentTimeMillis()));
                    }
                    name = "";
                    data = null;
                    ownId = false;
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                    ownId = true;
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
        } catch (IOException | RuntimeException e) {
            cutOff = true;
        }
        ended = true;
    }

    public int status() {
        return response.statusCode();
    }

    public @Nullable String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** All events received so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Those with this name. */
    public List<Event> events(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Waits for the first event with this name that satisfies the predicate. */
    public Event await(String name, Predicate<JsonObject> holds) throws Exception {
        Event[] found = new Event[1];
        Eventually.eventually(() -> found[0] = events(name).stream()
                .filter(event -> holds.test(event.data()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such " + name + " in " + events)));
        return found[0];
    }

    /** Waits for the first {@code transition}, {@code saved} or {@code result} of the service with this name. */
    public Event awaitService(String name, String service) throws Exception {
        return await(name, data -> service.equals(data.getJsonObject("service").getString("name")));
    }

    /** The {@code Last-Event-ID} of a reconnect. */
    public String lastId() {
        return lastId;
    }

    public boolean isEnded() {
        return ended;
    }

    /** Whether the stream ended abnormally: closed from here, or by the server without a proper end. */
    public boolean isCutOff() {
        return cutOff;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
