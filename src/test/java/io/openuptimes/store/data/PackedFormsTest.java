package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Event;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Status;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Replies;
import io.openuptimes.testing.Seed;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Forms of later versions, and damaged ones: an unreadable part hides only itself. */
class PackedFormsTest {

    private static final ServerCertificate CERTIFICATE =
            new ServerCertificate(1, 2, 3, "CN=Größe", List.of("a.example.com", "*.b.example.com"), "ab".repeat(32));
    private static final int HASH_BYTES = 4;

    private static byte[] certificate() {
        return CertificateCodec.encode(CERTIFICATE, 77);
    }

    @Property(seed = Seed.FIXED)
    void a_certificate_that_is_cut_off_is_refused_or_lacks_only_its_url(@ForAll @IntRange(max = 400) int length) {
        byte[] whole = certificate();
        int cut = Math.min(length, whole.length);
        SeenCertificate seen = readOrNull(Arrays.copyOf(whole, cut));
        if (cut == whole.length || cut == whole.length - HASH_BYTES) {
            assertThat(seen).isEqualTo(new SeenCertificate("id", cut == whole.length ? 77 : 0, CERTIFICATE));
        } else {
            assertThat(seen).isNull();
        }
    }

    @Provide
    Arbitrary<byte[]> certificates() {
        return Mutations.ofBytes(List.of(certificate()), List.of("\u00ff\u00ff", "\u0081", "9".repeat(20)));
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void a_certificate_of_any_bytes_is_read_or_refused(@ForAll("certificates") byte[] mutated, @ForAll byte[] random) {
        for (byte[] packed : List.of(mutated, random)) {
            SeenCertificate seen = readOrNull(packed);
            assertThat(seen == null
                            || Objects.requireNonNull(seen.certificate())
                                            .names()
                                            .size()
                                    <= packed.length)
                    .isTrue();
        }
    }

    private static SeenCertificate readOrNull(byte[] packed) {
        return new SharedCertificates().read("id", packed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static AuditEntry audit(String... fields) {
        Response entry =
                Replies.fields(Arrays.stream(fields).map(PackedFormsTest::bytes).toList());
        return Objects.requireNonNull(
                AuditCodec.decode(Replies.entries(List.of(entry)).get(0), false));
    }

    @Example
    void a_field_that_a_later_version_adds_to_an_audit_entry_hides_nothing() {
        String json = "{\"at\":1,\"action\":\"login\",\"kind\":\"session\",\"address\":\"192.0.2.7\",\"new\":[]}";
        assertThat(audit("x", "text", "e", json, "getNodes", "3", "y", "99999999999"))
                .isEqualTo(new AuditEntryWith(audit("e", json)).counts(Map.of("getNodes", 3)));
    }

    private record AuditEntryWith(AuditEntry entry) {
        AuditEntry counts(Map<String, Object> counts) {
            return new AuditEntry(
                    entry.id(),
                    entry.at(),
                    entry.action(),
                    entry.actor(),
                    entry.address(),
                    entry.target(),
                    entry.before(),
                    entry.after(),
                    counts,
                    entry.failed());
        }
    }

    @Example
    void an_event_of_an_unknown_outcome_keeps_its_code_and_status() {
        EventCodec codec = new EventCodec();
        for (Status to : List.of(Status.UP, Status.DOWN)) {
            Response fields = Replies.fields(List.of(
                    bytes("type"), bytes("transition"),
                    bytes("later"), bytes("added"),
                    bytes("id"), bytes("id1"),
                    bytes("from"), bytes("unknown"),
                    bytes("to"), bytes(to.word()),
                    bytes("status"), bytes("5 42 4 0 3 0 0,0,0,0,0 no answer")));
            assertThat(codec.entries(Replies.entries(List.of(fields))).get(0).event())
                    .isInstanceOfSatisfying(
                            Event.Turned.class,
                            turned -> assertThat(turned.status().outcome()).isSameAs(Outcome.ofCode(42, to)));
        }
    }
}
