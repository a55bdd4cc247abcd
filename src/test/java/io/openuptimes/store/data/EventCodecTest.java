package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.Event.Visibility;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.store.data.EventCodec.Entry;
import io.openuptimes.store.data.EventCodec.Outgoing;
import io.openuptimes.testing.Replies;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries of the event stream and of outboxes, of this and other versions, whole and damaged. */
class EventCodecTest {

    private static final EventCodec CODEC = new EventCodec();
    private static final Peer PEER = new Peer("192.0.2.1:443", null, "TLSv1.3", null);
    private static final ServiceStatus DOWN =
            new ServiceStatus("id", Outcome.CONNECT, 2_000, 1_000, 0, 3, Phases.NONE, "connection refused");
    private static final Transition TURN =
            new Transition("id", Status.UP, Status.DOWN, 2_000, 1_000, Outcome.CONNECT, "connection refused", PEER);

    private static Map<String, String> transition() {
        return fields(
                "type",
                "transition",
                "origin",
                "other",
                "id",
                "id",
                "seq",
                "7",
                "from",
                "up",
                "to",
                "down",
                "status",
                StatusCodec.encode(DOWN),
                "visible",
                "1",
                "peer",
                PeerLog.text(PEER));
    }

    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static Response entry(Map<String, String> fields) {
        return Replies.fields(fields.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static Entry read(Map<String, String> fields) {
        return read(entry(fields));
    }

    /** Reads an entry between two readable ones, which it must not hide. */
    private static Entry read(Response fields) {
        Response good = entry(fields("type", "anew"));
        List<Entry> entries = CODEC.entries(Replies.entries(List.of(good, fields, good)));
        assertThat(entries).hasSize(3);
        assertThat(List.of(entries.get(0), entries.get(2)))
                .allSatisfy(each -> assertThat(each.event()).isInstanceOf(Event.Anew.class));
        return entries.get(1);
    }

    /** The fields of each kind of event, and those that versions without them did not write. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments(transition(), Set.of("origin", "seq", "visible", "peer")),
                arguments(
                        fields(
                                "type",
                                "saved",
                                "origin",
                                "other",
                                "id",
                                "id",
                                "visible",
                                "1",
                                "before",
                                "1",
                                "was",
                                "Shop",
                                "leftName",
                                "Shop",
                                "leftLabels",
                                "{\"team\":\"a\"}"),
                        Set.of("origin", "was", "leftName", "leftLabels")),
                arguments(
                        fields(
                                "type",
                                "removed",
                                "origin",
                                "other",
                                "id",
                                "id",
                                "name",
                                "Shop",
                                "visible",
                                "0",
                                "labels",
                                "{\"team\":\"a\"}"),
                        Set.of("origin", "labels")),
                arguments(fields("type", "anew", "origin", "other"), Set.of("origin")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_event_needs_the_fields_that_every_version_writes_and_no_others(
            Map<String, String> fields, Set<String> optional) {
        assertThat(read(fields).event()).isNotNull();
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put("later", "added");
        assertThat(read(more).event()).isEqualTo(read(fields).event());
        for (String name : fields.keySet()) {
            Map<String, String> less = new LinkedHashMap<>(fields);
            less.remove(name);
            assertThat(read(less).event() != null).as(name).isEqualTo(optional.contains(name));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_field_that_is_cut_off_hides_at_most_its_own_event(Map<String, String> fields, Set<String> optional) {
        fields.forEach((name, value) -> {
            for (int length = 0; length < value.length(); length++) {
                Map<String, String> cut = new LinkedHashMap<>(fields);
                cut.put(name, value.substring(0, length));
                read(cut);
            }
        });
    }

    @Test
    void a_transition_is_read_whole() {
        assertThat(read(transition()).event()).isInstanceOfSatisfying(Event.Turned.class, turned -> {
            assertThat(turned.transition()).isEqualTo(TURN);
            assertThat(turned.status()).isEqualTo(DOWN);
            assertThat(turned.visibility()).isEqualTo(Visibility.PUBLIC);
        });
    }

    @Test
    void a_transition_of_a_version_that_did_not_record_visibility_says_so() {
        Map<String, String> old = transition();
        old.remove("visible");

        assertThat(read(old).event())
                .isInstanceOfSatisfying(Event.Turned.class, turned -> assertThat(turned.visibility())
                        .isEqualTo(Visibility.UNRECORDED));
    }

    @Test
    void an_entry_of_a_kind_of_a_later_version_is_skipped() {
        assertThat(read(fields("type", "incident", "id", "id")).event()).isNull();
    }

    @Test
    void entries_of_this_run_are_recognized() {
        assertThat(read(fields("type", "anew", "origin", CODEC.origin())).own()).isTrue();
        assertThat(read(fields("type", "anew", "origin", "other")).own()).isFalse();
    }

    @Test
    void credentials_that_have_ended_are_for_nodes_only() {
        for (String kind : List.of("keys", "sessions", "of a later version")) {
            Entry entry = read(fields("type", "credentials", "kind", kind));
            assertThat(entry.event()).isNull();
            assertThat(Objects.requireNonNull(entry.ended()).keys()).isEqualTo(kind.equals("keys"));
            assertThat(entry.ended().sessions()).isEqualTo(kind.equals("sessions"));
        }
        assertThat(read(fields("type", "credentials")).ended()).isNull();
    }

    private static Response inOutbox(byte[] packed) {
        MultiType entry = MultiType.create(2, false);
        entry.add(Replies.text("5-7"));
        entry.add(Replies.fields(List.of("e".getBytes(StandardCharsets.UTF_8), packed)));
        return entry;
    }

    private static byte[] outboxEntry() {
        return CODEC.outboxEntry(TURN, DOWN, true, 7);
    }

    @Test
    void a_transition_in_an_outbox_becomes_the_same_event() {
        Outgoing outgoing = Outgoing.of(3, "-", inOutbox(outboxEntry()));

        assertThat(outgoing.partition()).isEqualTo(3);
        assertThat(outgoing.id()).isEqualTo("5-7");
        Map<String, String> fields = fields(outgoing.fields().toArray(String[]::new));
        assertThat(fields).containsEntry("seq", "7");
        assertThat(read(fields).event()).isEqualTo(read(transition()).event());
    }

    @Test
    void an_entry_of_an_outbox_that_is_cut_off_is_refused_unless_whole_fields_remain() {
        byte[] whole = outboxEntry();
        List<String> all = Outgoing.of(3, "-", inOutbox(whole)).fields();
        List<Integer> ends = endsOfFields(all);
        for (int length = 0; length < whole.length; length++) {
            Response cut = inOutbox(Arrays.copyOf(whole, length));
            int pair = ends.indexOf(length);
            if (pair < 0) {
                assertThatIllegalArgumentException().as("%d bytes", length).isThrownBy(() -> Outgoing.of(3, "-", cut));
            } else {
                assertThat(Outgoing.of(3, "-", cut).fields()).isEqualTo(all.subList(0, 2 * (pair + 1)));
            }
        }
    }

    /** The lengths up to which the packed form has whole pairs of name and value. */
    private static List<Integer> endsOfFields(List<String> fields) {
        List<Integer> ends = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < fields.size(); i++) {
            at += 2 + fields.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (i % 2 == 1) {
                ends.add(at);
            }
        }
        return ends;
    }
}
