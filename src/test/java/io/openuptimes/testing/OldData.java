package io.openuptimes.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A data directory written by the version of November 2026, and what that version answered about it at {@link #MOMENT}.
 * The README beside the resources says what it contains.
 *
 * <p>With {@link #clock} and {@link #environment}, no check becomes due within twenty minutes, and all times relative
 * to now are those of the recorded answers.
 */
public final class OldData {

    /** The time at which the answers were recorded; the newest result is a few minutes older. */
    public static final Instant MOMENT = Instant.parse("2026-11-30T18:10:00Z");

    /** Name of the caller with the key of {@link #environment}, which is not among the stored ones. */
    public static final String ROOT = "root";

    /** Name of the caller without a key. */
    public static final String NOBODY = "nobody";

    private static final String ROOT_KEY = "fixture-root-key-0123456789abcdef";
    private static final String DATA = "data";
    private static final String RESOURCES = "/data-of-2026-11/";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();

    private final Path dir;
    private final JsonObject credentials;

    private OldData(Path dir, JsonObject credentials) {
        this.dir = dir;
        this.credentials = credentials;
    }

    /**
     * A request and its answer.
     *
     * @param as name of the caller
     * @param accept media type of the answer
     * @param body a JSON object without {@code cursor}, {@code event} and {@code version}, or another type's text
     */
    public record Recorded(String as, String path, String accept, int status, Object body) {}

    /**
     * Unpacks the data directory, {@code data}, and the services file.
     *
     * @param dir an empty directory
     */
    public static OldData unpack(Path dir) throws IOException {
        createPrivately(dir.resolve(DATA));
        try (ZipInputStream zip = new ZipInputStream(resource("data.zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = dir.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(zip, file);
                }
            }
        }
        try (InputStream in = resource("credentials.json")) {
            return new OldData(dir, new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** Restricts permissions as the service does, which otherwise warns about the directory. */
    private static void createPrivately(Path dir) throws IOException {
        Files.createDirectory(dir);
        PosixFileAttributeView posix = Files.getFileAttributeView(dir, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(OldData.class.getResourceAsStream(RESOURCES + name), name);
    }

    /** The data directory. */
    public Path dataDir() {
        return dir.resolve(DATA);
    }

    /** Settings for a node on this data, as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "OPENUPTIMES_DATA_DIR",
                dataDir().toString(),
                "OPENUPTIMES_SERVICES_FILE",
                dir.resolve("services.yaml").toString(),
                "OPENUPTIMES_CHECK_INTERVAL",
                "86400",
                "OPENUPTIMES_RATE_LIMIT",
                "0",
                "OPENUPTIMES_API_KEY",
                ROOT_KEY);
    }

    /** A clock that starts at {@link #MOMENT}. */
    public Clock clock() {
        return new SetClock(MOMENT.toEpochMilli() - System.currentTimeMillis());
    }

    /** The stored API keys by the names of their callers, and the {@code password}. */
    public String credential(String as) {
        return as.equals(ROOT) ? ROOT_KEY : Objects.requireNonNull(credentials.getString(as), as);
    }

    /** What that version answered, in the order in which it was asked. */
    public static List<Recorded> answers() throws IOException {
        try (InputStream in = new GZIPInputStream(resource("answers.ndjson.gz"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonObject::new)
                    .map(line -> new Recorded(
                            line.getString("as"),
                            line.getString("path"),
                            line.getString("accept"),
                            line.getInteger("status"),
                            line.getValue("body")))
                    .toList();
        }
    }

    /** Sends a GET request. */
    public Recorded ask(RunningApp app, String as, String path, String accept)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .header("Accept", accept)
                .timeout(Duration.ofMinutes(1));
        if (!as.equals(NOBODY)) {
            request.header("Authorization", "Bearer " + credential(as));
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return new Recorded(
                as,
                path,
                accept,
                answer.statusCode(),
                type.startsWith("application/json") ? comparable(new JsonObject(answer.body())) : answer.body());
    }

    /** Without places in a list or stream, which clients do not interpret, and without the running version. */
    private static JsonObject comparable(JsonObject json) {
        json.remove("cursor");
        json.remove("event");
        json.remove("version");
        return json;
    }
}
