package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.PublicReads.Read;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text larger than a packet is compressed for clients that accept it, without changing the content. */
class GzipTest {

    private static final int SERVICES = 300;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void manyServices() {
        JsonArray services = new JsonArray();
        services.add(service(PublicReads.SERVICE));
        IntStream.range(0, SERVICES).forEach(i -> services.add(service("service " + i)));
        ApiServer.Answer applied = api.call("PUT", "/api/services/bulk", new JsonObject().put("services", services));
        assertThat(applied.status()).isEqualTo(200);
    }

    private static JsonObject service(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:9/" + name.replace(' ', '-'))
                .put("paused", true)
                .put("description", "What it is good for, in some words. ".repeat(10));
    }

    static Stream<Read> reads() throws IOException {
        return PublicReads.withAnEnd();
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers("Authorization", "Bearer " + ApiServer.KEY);
        return CLIENT.send(
                headers.length == 0 ? request.build() : request.headers(headers).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static boolean isCompressed(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        byte[] body = response.body();
        return new String(
                isCompressed(response) ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body,
                StandardCharsets.UTF_8);
    }

    private static void assertVaries(HttpResponse<byte[]> response) {
        assertThat(String.join(", ", response.headers().allValues("Vary"))).contains("Accept-Encoding");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyLongPublicReadIsCompressed(Read read) throws Exception {
        HttpResponse<byte[]> plain = send("GET", read.target());
        HttpResponse<byte[]> compressed = send("GET", read.target(), "Accept-Encoding", "gzip");

        assertThat(isCompressed(plain)).isFalse();
        if (plain.body().length > 1_000) {
            assertThat(isCompressed(compressed)).isTrue();
            assertVaries(plain);
            assertVaries(compressed);
            assertThat(compressed.body().length).isLessThan(plain.body().length);
        }
        // metrics change in between
        assertThat(text(compressed).length()).isBetween(plain.body().length - 1_000, plain.body().length + 20_000);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/services?limit=1000, application/json", // larger than one compression chunk
        "/api/services?limit=10, application/json",
        "/api/services/export, application/json",
        "/api/services/export, application/ndjson",
        "/openapi.yaml, */*"
    })
    void theSameTextComesCompressed(String path, String type) throws Exception {
        HttpResponse<byte[]> plain = send("GET", path, "Accept", type);
        HttpResponse<byte[]> compressed = send("GET", path, "Accept", type, "Accept-Encoding", "gzip");

        assertThat(isCompressed(compressed)).isTrue();
        assertVaries(compressed);
        assertThat(text(compressed)).isEqualTo(text(plain)).hasSizeGreaterThan(2_000);
        assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "GZIP, true",
        "x-gzip, true",
        "'br, Gzip;q=0.5', true",
        "*, true",
        "'*;q=0.5, identity', true",
        "'gzip;q=0, *', false",
        "'*;q=0', false",
        "'deflate, br', false",
        "identity, false"
    })
    void codingsAreNamedInAnyCaseByAnyName(String header, boolean compressed) throws Exception {
        assertThat(isCompressed(send("GET", "/api/services?limit=10", "Accept-Encoding", header)))
                .isEqualTo(compressed);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void headHasTheHeadersOfGet(Read read) throws Exception {
        for (String coding : new String[] {"identity", "gzip"}) {
            HttpResponse<byte[]> get = send("GET", read.target(), "Accept-Encoding", coding);
            HttpResponse<byte[]> head = send("HEAD", read.target(), "Accept-Encoding", coding);

            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            assertThat(head.body()).isEmpty();
            for (String name : new String[] {"Content-Type", "Content-Encoding", "ETag", "Vary", "Cache-Control"}) {
                assertThat(head.headers().allValues(name))
                        .as(name)
                        .isEqualTo(get.headers().allValues(name));
            }
            if (!read.operationId().equals("getMetrics")) { // metrics change on every request
                assertThat(head.headers().firstValue("Content-Length"))
                        .isEqualTo(get.headers().firstValue("Content-Length"));
            }
        }
    }

    @Test
    void whatHoldsSecretsIsNotCompressed() throws Exception {
        HttpResponse<byte[]> export = send("GET", "/api/services/export?secrets=true", "Accept-Encoding", "gzip");

        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(isCompressed(export)).isFalse();
        assertThat(export.body().length).isGreaterThan(100_000);
    }

    @Test
    void anAnswerOfOnePacketIsNotCompressed() throws Exception {
        assertThat(isCompressed(send("GET", "/api/test-redis", "Accept-Encoding", "gzip")))
                .isFalse();
    }
}
