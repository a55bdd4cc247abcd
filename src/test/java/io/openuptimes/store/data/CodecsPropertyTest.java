package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Event;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Replies;
import io.openuptimes.testing.Seed;
import io.openuptimes.testing.Services;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Bytes of another version, or corrupt ones, yield a value or an error; decoding never loops or allocates huge memory.
 */
class CodecsPropertyTest {

    private static final List<String> JSON_TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "1e999",
            "1e2147483648",
            "\\ud800",
            "{\"a\":",
            "[[[[",
            "0");

    private static final EventCodec EVENTS = new EventCodec();

    @Property(tries = 2_000, seed = Seed.FIXED)
    void a_day_of_any_bytes_has_no_more_entries_than_bytes(@ForAll byte[] day) {
        assertThat(HistoryCodec.decode(day, 0)).hasSizeLessThanOrEqualTo(day.length);
    }

    @Provide
    Arbitrary<byte[]> statuses() {
        return Mutations.of(
                List.of(
                        "1700000000000 1 1700000000000 0 12 200 1,2,3,4,5 ",
                        "1700000000000 3 1700000000000 1 12 0 1,2,3,4,5 connection refused",
                        StatusCodec.UNCHECKED,
                        "\u0081\u0001\u0001<\0\0" + "\1".repeat(27) + "\2\0\u00c8\1\14\1\1\1\1\1no",
                        "\u0082" + "\1".repeat(25) + "\3\2\7\1\74\u00c8\1\14\1\1\1\1\1\2\0no"),
                List.of(" ", ",", "-", "9".repeat(20), "\u00ff\u00ff", "\u0081"));
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void a_status_of_any_bytes_is_read_or_refused(@ForAll("statuses") byte[] mutated, @ForAll byte[] random) {
        for (byte[] packed : List.of(mutated, random)) {
            try {
                StatusCodec.decode("id", packed);
            } catch (IllegalArgumentException refused) {
                // the caller treats the service as unchecked
            }
        }
    }

    @Provide
    Arbitrary<List<byte[]>> eventFields() {
        Service before = Services.of("http://h/", Map.of("labels", Map.of("team", "a")));
        Service now = Services.of("http://h/", Map.of("labels", Map.of("team", "b"), "name", "other"));
        ServiceStatus status = new ServiceStatus("id", Outcome.CONNECT, 2, 1, 0, 3, Phases.NONE, "connection refused");
        List<Request> written = List.of(
                EVENTS.saved(now, before),
                EVENTS.saved(now, null),
                EVENTS.removed(now),
                relayed(EVENTS.outboxEntry(
                        new Transition(
                                "id",
                                Status.UP,
                                Status.DOWN,
                                1,
                                Outcome.CONNECT,
                                "connection refused",
                                new Peer("192.0.2.1:443", null, "TLSv1.3", null)),
                        status,
                        true,
                        7)),
                EVENTS.credentialsEnded(true),
                EVENTS.anew());
        Arbitrary<Integer> which = Arbitraries.integers().between(0, written.size() - 1);
        List<List<byte[]>> all =
                written.stream().map(CodecsPropertyTest::fields).toList();
        return which.flatMap(index -> {
            List<byte[]> fields = all.get(index);
            Arbitrary<byte[]> mutated = Mutations.ofBytes(fields, JSON_TOKENS);
            return Arbitraries.integers()
                    .between(0, fields.size() - 1)
                    .flatMap(at -> mutated.map(value -> {
                        List<byte[]> changed = new ArrayList<>(fields);
                        changed.set(at, value);
                        return changed;
                    }));
        });
    }

    /** As the relay appends it. */
    private static Request relayed(byte[] outboxEntry) {
        Request entry = Request.cmd(Command.XADD)
                .arg(Keys.EVENTS)
                .arg("MAXLEN")
                .arg("~")
                .arg(1)
                .arg("*");
        PackedReader in = new PackedReader(outboxEntry, 0);
        while (in.hasMore()) {
            entry.arg(in.text((int) in.fixed(2)));
        }
        return entry;
    }

    /** Names and values after {@code XADD key MAXLEN ~ n *}. */
    private static List<byte[]> fields(Request request) {
        String[] lines = request.toString().split("\r\n", -1);
        List<byte[]> arguments = new ArrayList<>();
        for (int i = 2; i < lines.length; i += 2) {
            arguments.add(lines[i].getBytes(StandardCharsets.UTF_8));
        }
        return arguments.subList(6, arguments.size());
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void an_event_that_cannot_be_read_hides_no_other(@ForAll("eventFields") List<byte[]> damaged) {
        Response good = Replies.fields(fields(EVENTS.anew()));
        List<EventCodec.Entry> entries = EVENTS.entries(Replies.entries(List.of(good, Replies.fields(damaged), good)));
        assertThat(entries).hasSize(3);
        assertThat(entries.get(2).event()).isInstanceOf(Event.Anew.class);
    }

    @Provide
    Arbitrary<byte[]> keys() {
        return Mutations.of(
                List.of(
                        "{\"name\":\"ci\",\"scope\":\"write\",\"prefix\":\"ou_id1\",\"hash\":\"00\",\"createdAt\":7}",
                        "{\"name\":\"ci\",\"scope\":\"read\",\"prefix\":\"ou_id1\",\"hash\":\"00\",\"createdAt\":7,"
                                + "\"selector\":[\"team=a\"],\"expiresAt\":9,\"rateLimit\":3}"),
                JSON_TOKENS);
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void a_key_is_read_whole_or_not_at_all(@ForAll("keys") byte[] json) {
        ApiKey key = ApiKeyCodec.decode("id1", new String(json, StandardCharsets.UTF_8), 0);
        if (key != null) {
            assertThat(key.hash()).isNotNull();
            assertThat(key.name()).isNotNull();
            assertThat(key.scope()).isNotNull();
        }
    }

    @Provide
    Arbitrary<byte[]> auditEntries() {
        return Mutations.of(
                List.of(
                        "{\"at\":1,\"action\":\"patchService\",\"kind\":\"key\",\"key\":\"ou_1\",\"address\":\"192.0.2.7\","
                                + "\"target\":\"Shop\",\"before\":{\"interval\":30},\"after\":{\"interval\":60}}"),
                JSON_TOKENS);
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void an_audit_entry_is_read_or_left_out(@ForAll("auditEntries") byte[] json) {
        Response fields = Replies.fields(List.of("e".getBytes(StandardCharsets.UTF_8), json));
        AuditEntry entry = AuditCodec.decode(Replies.entries(List.of(fields)).get(0), false);
        assertThat(entry == null || entry.action() != null).isTrue();
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void a_past_is_read_or_refused(@ForAll String text) {
        for (String past : List.of(text, "id:" + text, text + ":1")) {
            try {
                assertThat(Past.decode(past).encode()).isNotEmpty();
            } catch (IllegalArgumentException refused) {
                // reported by the caller
            }
        }
    }
}
