package io.openuptimes.store.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.check.type.http.HttpSpec;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceView;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.store.secrets.SecretBox;
import io.openuptimes.store.secrets.SecretKey;
import io.openuptimes.testing.Services;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

        HttpSpec spec = Services.http(service);
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

    private static final String NEWER = """
            {"id":"1","name":"a","url":"https://example.com/","description":"","group":"","runbook":"https://wiki/",\
            "expectedStatus":200,"method":"GET","timeout":500,"interval":null,"visible":true,"paused":false,"headers":{},\
            "body":null,"followRedirects":true,"ignoreTlsErrors":false,"labels":{},"createdAt":1,"declared":false,\
            "slo":{"target":99.95,"windows":[1,null,"x"]}}""";

    @Test
    void membersOfANewerVersionAreKeptThroughEveryChange() throws Exception {
        Service service = Objects.requireNonNull(plain.decode("1", bytes(NEWER)));
        assertThat(service.unknown()).containsOnlyKeys("runbook", "slo");
        assertThat(ServiceView.of(service, Disclosure.FULL)).doesNotContainKeys("runbook", "slo");

        for (Service changed : List.of(
                service,
                ServiceStore.patched(service, Map.of("name", "b", "headers", Map.of("Authorization", "s3cr3t"))),
                ServiceStore.replaced(service, Map.of("name", "b", "url", "http://other/", "id", "1")),
                new ServiceDraft(0, null, null, service("1")).as("1", 1, true, service),
                service.as("1", 1, true))) {
            JsonObject stored = new JsonObject(sealing.encode(changed));
            assertThat(stored.getString("runbook")).isEqualTo("https://wiki/");
            assertThat(stored.getJsonObject("slo"))
                    .isEqualTo(new JsonObject("{\"target\":99.95,\"windows\":[1,null,\"x\"]}"));
            assertThat(sealing.decode("1", bytes(stored.encode()))).isEqualTo(changed);
        }
    }

    @Test
    void membersOfANewerVersionAreKeptInJsonOfAnotherForm() throws Exception {
        String odd = NEWER.replace("\"timeout\":500,", "");
        Service service = Objects.requireNonNull(plain.decode("1", bytes(odd)));
        assertThat(service.timeout()).isEqualTo(10_000);
        assertThat(service.unknown()).containsOnlyKeys("runbook", "slo");
    }

    @Test
    void callersCannotSetThem() {
        Service service = Objects.requireNonNull(plain.decode("1", bytes(NEWER)));
        assertThatThrownBy(() -> ServiceStore.patched(service, Map.of("runbook", "x")))
                .hasMessageStartingWith("runbook: unknown field");
    }

    @Test
    void commonFieldsOfAServiceOfAnUnknownTypeCanBeChanged() throws Exception {
        String stored = """
                {"id":"1","name":"a","url":"tcp://db:5432","type":"tcp","description":"","group":"","send":"x",\
                "timeout":500,"interval":null,"visible":true,"paused":false,"labels":{},"createdAt":1,"declared":false}""";
        Service service = Objects.requireNonNull(plain.decode("1", bytes(stored)));
        assertThat(service.type()).isEqualTo("tcp");
        assertThat(ServiceView.of(service, Disclosure.READER))
                .containsEntry("type", "tcp")
                .containsEntry("method", "GET")
                .containsEntry("expectedStatus", 200)
                .doesNotContainKeys("send", "body");

        Service renamed = ServiceStore.patched(service, Map.of("name", "b"));

        assertThat(new JsonObject(plain.encode(renamed))).isEqualTo(new JsonObject(stored).put("name", "b"));
    }
}
