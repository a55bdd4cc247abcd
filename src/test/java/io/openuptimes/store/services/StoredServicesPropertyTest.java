package io.openuptimes.store.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Service;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.store.secrets.SecretBox;
import io.openuptimes.store.secrets.SecretKey;
import io.openuptimes.store.services.BulkChunk.Pair;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import io.openuptimes.testing.Services;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;

/** Corrupt stored services and journals are read completely or not at all. */
class StoredServicesPropertyTest {

    private static final ServiceCodec CODEC =
            new ServiceCodec(new SecretBox(KeyRing.active(SecretKey.parse("0123456789abcdef".repeat(4)))));

    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "null",
            "true",
            "1e2147483648",
            "-1",
            "9".repeat(400),
            "\\ud800",
            "enc:v1:",
            "enc:plain:",
            "\"name\":\"b\",",
            "\"url\":\"\",",
            "\"timeout\":1.5,",
            "\"expectedStatuses\":null,",
            "\"minTlsVersion\":\"9\",",
            "[".repeat(2_000));

    private static final Service SERVICE = Services.of(
            "https://example.com/a",
            Map.of(
                    "headers",
                    Map.of("Authorization", "s3cr3t", "X-Plain", "shown"),
                    "body",
                    "b",
                    "labels",
                    Map.of("team", "a"),
                    "locations",
                    List.of("eu", "us"),
                    "quorum",
                    2,
                    "expectedStatuses",
                    "200-299,301",
                    "clientCertificate",
                    "shop",
                    "minTlsVersion",
                    "1.3"));

    @Provide
    Arbitrary<byte[]> services() {
        return Mutations.of(List.of(CODEC.encode(SERVICE), CODEC.encode(Services.of("http://127.0.0.1/"))), TOKENS);
    }

    @Property(tries = 3_000, seed = Seed.FIXED)
    void a_service_is_read_whole_or_not_at_all(@ForAll("services") byte[] json) {
        Service service = CODEC.decode("id", json);
        CODEC.isStale("id", json);
        if (service != null) {
            assertThat(service.id()).isEqualTo("id");
            assertThat(service.name()).isNotNull();
            assertThat(service.url()).isNotNull();
            assertThat(CODEC.decode("id", CODEC.encode(service).getBytes(StandardCharsets.UTF_8)))
                    .isNotNull();
        }
    }

    @Example
    void a_member_that_comes_twice_does_not_stand_for_another() {
        String twice = CODEC.encode(Services.of("http://127.0.0.1/"))
                .replace("\"url\":\"http://127.0.0.1/\"", "\"name\":\"test\"");
        assertThat(CODEC.decode("id", twice.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Provide
    Arbitrary<byte[]> chunks() {
        return Mutations.ofBytes(List.of(chunk().encode().getBytes()), TOKENS);
    }

    @Provide
    Arbitrary<byte[]> journals() {
        return Mutations.of(
                List.of("{\"puts\":[\"id\",\"{}\"],\"names\":[\"a\",\"id\"],\"released\":[],\"removed\":[\"id:1\"],"
                        + "\"declared\":[\"id\"],\"undeclared\":[],\"recalled\":[\"id\"]}"),
                TOKENS);
    }

    private static BulkChunk chunk() {
        return new BulkChunk(
                List.of(new Pair("id", CODEC.encode(SERVICE))),
                List.of(new Pair("a", "id")),
                List.of(),
                List.of("other:1"),
                List.of("id"),
                List.of(),
                List.of("id"));
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void a_chunk_of_the_journal_is_read_or_refused(@ForAll("chunks") byte[] encoded) {
        readOrRefused(encoded);
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void a_journal_that_lacks_a_part_is_not_applied(@ForAll("journals") byte[] json) throws IOException {
        readOrRefused(deflated(json));
    }

    @Example
    void a_chunk_that_would_unfold_without_end_is_refused() throws IOException {
        byte[] bomb = deflated(("[\"" + "a".repeat(100_000_000)).getBytes(StandardCharsets.ISO_8859_1));
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> BulkChunk.decode(bomb))
                .withMessage("it is larger than any that is written");
    }

    private static void readOrRefused(byte[] encoded) {
        try {
            assertThat(BulkChunk.decode(encoded).commands("mark")).isNotNull();
        } catch (IllegalArgumentException refused) {
            // the journal is set aside
        }
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }
}
