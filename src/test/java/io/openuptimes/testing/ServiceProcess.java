package io.openuptimes.testing;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged jar, run as a user runs it. */
public final class ServiceProcess implements AutoCloseable {

    public static final String KEY = "a-key-for-the-tests";

    private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+:(\\d+)");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the jar on a free port.
     *
     * @param dir its working directory; the data directory is {@code data} below it
     * @param environment additional environment variables
     */
    public static ServiceProcess start(Path dir, Map<String, String> environment) throws IOException {
        return start(dir, environment, List.of(), List.of());
    }

    /**
     * @param before prefix of the command line
     * @param options JVM options
     */
    public static ServiceProcess start(
            Path dir, Map<String, String> environment, List<String> before, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("openuptimes.jar")));
        Path log = Files.createTempFile(dir, "service", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENUPTIMES_") || name.equals("REDIS_URL"));
        builder.environment().put("OPENUPTIMES_HTTP_HOST", "127.0.0.1");
        builder.environment().put("OPENUPTIMES_HTTP_PORT", "0");
        builder.environment().put("OPENUPTIMES_API_KEY", KEY);
        builder.environment().put("OPENUPTIMES_CHECKS_RETRIES", "0"); // a failure counts at once
        builder.environment().put("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "false");
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), log);
    }

    /**
     * Starts the jar with the options of {@code conf/jvm.options} and without rate limit, and waits until it is ready.
     *
     * @param heap value of {@code -Xmx}
     */
    public static ServiceProcess startWithHeap(String heap, Path dir, Map<String, String> environment)
            throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("OPENUPTIMES_RATE_LIMIT", "0");
        List<String> options = List.of("@" + Path.of("conf/jvm.options").toAbsolutePath(), "-Xmx" + heap);
        return start(dir, all, List.of(), options).ready();
    }

    /** The sum of all metrics whose name and labels start with {@code begin}. */
    public double metric(String begin) throws Exception {
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.statusCode()).as(metrics::body).isEqualTo(200);
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Asserts that it is running and has not run out of heap. */
    public void assertHealthy() throws Exception {
        HttpResponse<String> status = get("/api/status?limit=1");
        assertThat(status.statusCode()).as(status::body).isEqualTo(200);
        assertThat(log()).doesNotContain("OutOfMemory").doesNotContain("heap is nearly full");
    }

    /** Waits until it listens, though not necessarily until it has connected to Redis. */
    public ServiceProcess listening() throws Exception {
        return orClosed(() -> eventually(() -> assertThat(log()).containsPattern(LISTENING)));
    }

    /** Waits until it is ready. */
    public ServiceProcess ready() throws Exception {
        listening();
        return orClosed(() -> Readiness.await(URI.create(url()).getPort()));
    }

    private ServiceProcess orClosed(Eventually.Assertion waited) throws Exception {
        try {
            waited.check();
            return this;
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    /** Waits for it to exit. */
    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        return process.exitValue();
    }

    /** Its base URL. */
    public String url() throws IOException {
        Matcher matcher = LISTENING.matcher(log());
        assertThat(matcher.find()).isTrue();
        return "http://127.0.0.1:" + matcher.group(1);
    }

    public HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    public HttpResponse<String> send(String method, String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    public JsonObject json(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    /** Sends a signal by name. */
    public void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Kills it with SIGKILL, like a crash. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        kill();
    }
}
