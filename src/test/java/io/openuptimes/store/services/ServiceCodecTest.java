package io.openuptimes.store.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.HttpSpec;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.store.secrets.SecretBox;
import io.openuptimes.store.secrets.SecretKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ServiceCodecTest {

    private static final String KEY = "0123456789abcdef".repeat(4);

    private final ServiceCodec plain = new ServiceCodec(new SecretBox(KeyRing.none()));
    private final ServiceCodec sealing = sealing(KEY);

    private static ServiceCodec sealing(String key) {
        return new ServiceCodec(new SecretBox(KeyRing.active(SecretKey.parse(key))));
    }

    private static Service service(String id) throws Exception {
        return ServiceFields.parse(
                Map.of(
                        "name", "a",
                        "url", "https://example.com/",
                        "headers", Map.of("Authorization", "s3cr3t", "body", "enc:v1:looks:sealed", "X-Plain", "shown"),
                        "body", "s3cr3t",
                        "bodySecret", true),
                id,
                1);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void onlySecretsAreSealed() throws Exception {
        Service service = service("1");
        String stored = sealing.encode(service);
        assertThat(stored).doesNotContain("s3cr3t").contains("\"X-Plain\":\"shown\"", "https://example.com/");
        assertThat(sealing.decode("1", bytes(stored))).isEqualTo(service);
        assertThat(sealing.isStale("1", bytes(stored))).isFalse();
    }

    @Test
    void aServiceWithoutSecretsIsStoredAsBefore() throws Exception {
        Service service = ServiceFields.parse(
                Map.of("name", "a", "url", "https://example.com/", "headers", Map.of("X-Plain", "shown"), "body", "x"),
                "1",
                1);
        assertThat(sealing.encode(service)).isEqualTo(new JsonObject(ServiceFields.toMap(service)).encode());
    }

    @Test
    void aServiceOfAnOlderVersionIsReadAndWrittenAsItWas() {
        String stored = """
                {"id":"1","name":"a","url":"https://example.com/","description":"","group":"","expectedStatus":204,\
                "method":"GET","timeout":500,"interval":null,"visible":true,"paused":false,"headers":{},"body":null,\
                "followRedirects":true,"ignoreTlsErrors":false,"labels":{},"createdAt":1,"declared":false}""";

        Service service = Objects.requireNonNull(plain.decode("1", bytes(stored)));

        HttpSpec spec = HttpSpec.of(service);
        assertThat(spec.expectedStatuses()).isNull();
        assertThat(spec.clientCertificate()).isNull();
        assertThat(spec.minTlsVersion()).isNull();
        assertThat(spec.expects(204)).isTrue();
        assertThat(plain.encode(service)).isEqualTo(stored);
        assertThat(plain.isStale("1", bytes(stored))).isFalse();
    }

    @Test
    void whatAServiceExpectsIsReadQuickly() throws Exception {
        Service service = ServiceFields.parse(
                Map.of(
                        "name", "a",
                        "url", "https://example.com/",
                        "expectedStatuses", "200-299,999",
                        "clientCertificate", "shop",
                        "minTlsVersion", "1.3"),
                "1",
                1);

        byte[] stored = bytes(plain.encode(service));

        assertThat(StoredService.read("1", stored, UnaryOperator.identity())).isEqualTo(service);
    }

    @Test
    void plainTextIsReadAndCountsAsStale() throws Exception {
        Service service = service("1");
        byte[] stored = bytes(plain.encode(service));
        assertThat(plain.decode("1", stored)).isEqualTo(service);
        assertThat(sealing.decode("1", stored)).isEqualTo(service);
        assertThat(sealing.isStale("1", stored)).isTrue();
        assertThat(plain.isStale("1", stored)).isFalse();
    }

    @Test
    void aSealedValueDoesNotOpenInAnotherServiceOrField() throws Exception {
        JsonObject one = new JsonObject(sealing.encode(service("1")));
        assertThat(sealing.decode("2", bytes(one.copy().put("id", "2").encode())))
                .isNull();
        one.put("body", one.getJsonObject("headers").getString("Authorization"));
        assertThat(sealing.decode("1", bytes(one.encode()))).isNull();
    }

    @Test
    void withAnotherKeyAServiceCannotBeRead() throws Exception {
        assertThat(sealing("f".repeat(64)).decode("1", bytes(sealing.encode(service("1")))))
                .isNull();
    }
}
