package io.openuptimes.store.data;

import io.openuptimes.bus.AccessMessage.CredentialsEnded;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of the event stream.
 *
 * <p>Each entry has a {@code type} and an {@code origin}, which identifies the run of the process that wrote it. A
 * {@code transition} has {@code id}, {@code seq} (its number among the service's transitions), {@code from},
 * {@code to}, {@code status}, see {@link StatusCodec}, {@code visible} and, if the check reached a server and failed,
 * {@code peer}, see {@link PeerLog#text}; a {@code saved} has {@code id}, {@code visible}, {@code before} and, if the
 * service was visible before, its previous name, {@code was}; a {@code removed} has {@code id}, {@code name} and
 * {@code visible}; a {@code node} has the {@code id} and {@code name} of a node, the {@code reason} of its outage, when it
 * {@code began} and, if it is over, when it {@code ended}; an {@code anew} has no other fields. A {@code credentials} entry is only for nodes and has the
 * {@code kind} of credentials that have ended: {@code keys} or {@code sessions}. Entries of other types are from later
 * versions and are skipped. Older versions wrote neither {@code was} nor a transition's {@code visible}.
 *
 * <p>If a {@code saved} changed the service's labels, it has the previous ones, {@code leftLabels}, and the name that
 * went with them, {@code leftName}. A {@code removed} has the {@code labels}.
 *
 * <p>Visibility and names are recorded as of the change, so that what callers without a key may learn of it does not
 * depend on later changes of the service.
 */
public final class EventCodec {

    private static final Logger log = LoggerFactory.getLogger(EventCodec.class);

    private static final String CREDENTIALS = "credentials";

    private static final int USUAL_EVENT = 256;

    /** Older entries are trimmed. Readers miss nothing in a quiet month, and reload everything after a bad hour. */
    public static final int MAX_KEPT = 100_000;

    private final String origin = Long.toString(new SecureRandom().nextLong() >>> 1, 36);

    /** Names this run of the process. */
    public String origin() {
        return origin;
    }

    /**
     * @param event null if it cannot be read or is not for callers
     * @param own whether this run wrote it
     * @param ended which credentials have ended, if it reports that
     */
    public record Entry(
            EventId id,
            @Nullable Event event,
            boolean own,
            @Nullable CredentialsEnded ended) {}

    private Request entry(String type) {
        return Request.cmd(Command.XADD)
                .arg(Keys.EVENTS)
                .arg("MAXLEN")
                .arg("~")
                .arg(MAX_KEPT)
                .arg("*")
                .arg("type")
                .arg(type)
                .arg("origin")
                .arg(origin);
    }

    /**
     * A transition in an outbox: the fields and values of its future entry in the event stream, each preceded by its
     * length in two bytes.
     *
     * @param status after the transition
     * @param visible whether callers without a key can see the service
     * @param number of the transition among those of its service
     */
    public byte[] outboxEntry(Transition transition, ServiceStatus status, boolean visible, int number) {
        Packed entry = new Packed(USUAL_EVENT)
                .text("type")
                .text("transition")
                .text("origin")
                .text(origin)
                .text("id")
                .text(status.serviceId())
                .text("seq")
                .text(Integer.toString(number))
                .text("from")
                .text(transition.from().word())
                .text("to")
                .text(status.status().word())
                .text("status")
                .text(StatusCodec.encode(status))
                .text("visible")
                .text(flag(visible));
        String peer = PeerLog.text(transition.peer());
        return (peer.isEmpty() ? entry : entry.text("peer").text(peer)).toBytes();
    }

    /**
     * An event in an outbox.
     *
     * @param id of its entry in the outbox
     * @param from id of the entry after which the outbox was read; {@code -} for its start
     * @param fields as {@link #outboxEntry} encodes them
     */
    public record Outgoing(int partition, String id, String from, List<String> fields) {

        /**
         * @param entry of the partition's outbox, as {@code XRANGE} returns it
         * @throws IllegalArgumentException if it is truncated; the stream would reject all events moved with it
         */
        public static Outgoing of(int partition, String from, Response entry) {
            return new Outgoing(
                    partition,
                    entry.get(0).toString(),
                    from,
                    fields(entry.get(1).get(1).toBytes()));
        }

        private static List<String> fields(byte[] packed) {
            List<String> fields = new ArrayList<>();
            PackedReader in = new PackedReader(packed, 0);
            try {
                while (in.hasMore()) {
                    fields.add(in.text((int) in.fixed(2)));
                }
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("it is cut off", e);
            }
            if (fields.isEmpty() || fields.size() % 2 != 0) {
                throw new IllegalArgumentException("it is cut off");
            }
            return fields;
        }
    }

    /** Moves the events that have not been moved before, see {@code relay.lua}. */
    public static Request relay(List<Outgoing> events) {
        Request call = Script.RELAY.call(2).arg(Keys.EVENTS).arg(Keys.RELAYED).arg(MAX_KEPT);
        for (Outgoing event : events) {
            call.arg(event.partition())
                    .arg(event.id())
                    .arg(event.from())
                    .arg(event.fields().size());
            event.fields().forEach(call::arg);
        }
        return call;
    }

    /**
     * @param before the previous version; null if there was none
     */
    public Request saved(Service service, @Nullable Service before) {
        String was = before != null && before.visible() ? before.name() : null;
        Request entry = entry("saved")
                .arg("id")
                .arg(service.id())
                .arg("visible")
                .arg(flag(service.visible()))
                .arg("before")
                .arg(flag(was != null));
        if (was != null) {
            entry.arg("was").arg(was);
        }
        if (before != null && !before.labels().equals(service.labels())) {
            entry.arg("leftName").arg(before.name()).arg("leftLabels").arg(labels(before));
        }
        return entry;
    }

    private static String labels(Service service) {
        return new JsonObject(new LinkedHashMap<>(service.labels())).encode();
    }

    private static @Nullable Map<String, String> labels(@Nullable String json) {
        if (json == null) {
            return null;
        }
        return StoredJson.read(json, object -> {
            Map<String, String> labels = new HashMap<>();
            object.forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
            return labels;
        });
    }

    private static Event.@Nullable Left left(Map<String, String> fields) {
        Map<String, String> labels = labels(fields.get("leftLabels"));
        return labels == null ? null : new Event.Left(fields.getOrDefault("leftName", ""), labels);
    }

    public Request removed(Service service) {
        return entry("removed")
                .arg("id")
                .arg(service.id())
                .arg("name")
                .arg(service.name())
                .arg("visible")
                .arg(flag(service.visible()))
                .arg("labels")
                .arg(labels(service));
    }

    public Request credentialsEnded(boolean keys) {
        return entry(CREDENTIALS).arg("kind").arg(keys ? "keys" : "sessions");
    }

    /**
     * An outage of this node's own network has begun or ended.
     *
     * @param name of this node
     */
    public Request nodeTurned(String name, NodeOutage outage) {
        Request entry = entry("node")
                .arg("id")
                .arg(origin)
                .arg("name")
                .arg(name)
                .arg("reason")
                .arg(outage.reason().word())
                .arg("began")
                .arg(outage.beganAt());
        Long ended = outage.endedAt();
        return ended == null ? entry : entry.arg("ended").arg(ended);
    }

    public Request anew() {
        return entry("anew");
    }

    private static String flag(boolean set) {
        return set ? "1" : "0";
    }

    /** Decodes the answer to {@code XRANGE} and similar commands. */
    public List<Entry> entries(@Nullable Response answer) {
        List<Entry> entries = new ArrayList<>();
        if (answer != null) {
            answer.forEach(entry -> entries.add(decode(Streams.id(entry.get(0)), fields(entry.get(1)))));
        }
        return entries;
    }

    private static Map<String, String> fields(Response pairs) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return fields;
    }

    private Entry decode(EventId id, Map<String, String> fields) {
        boolean own = origin.equals(fields.get("origin"));
        try {
            return CREDENTIALS.equals(fields.get("type"))
                    ? new Entry(id, null, own, ended(field(fields, "kind")))
                    : new Entry(id, event(id, fields, own), own, null);
        } catch (IllegalArgumentException e) {
            log.error("event {} cannot be read: {}", id, e.getMessage());
            return new Entry(id, null, own, null);
        }
    }

    private static CredentialsEnded ended(String kind) {
        return new CredentialsEnded(kind.equals("keys"), kind.equals("sessions"));
    }

    private static @Nullable Event event(EventId id, Map<String, String> fields, boolean own) {
        String type = fields.getOrDefault("type", "");
        return switch (type) {
            case "transition" -> turned(id, fields);
            case "saved" ->
                new Event.Saved(
                        id,
                        field(fields, "id"),
                        field(fields, "visible").equals("1"),
                        field(fields, "before").equals("1"),
                        fields.get("was"),
                        left(fields),
                        null,
                        null);
            case "removed" ->
                new Event.Removed(
                        id,
                        field(fields, "id"),
                        field(fields, "name"),
                        field(fields, "visible").equals("1"),
                        labels(fields.get("labels")));
            case "node" -> new Event.NodeTurned(id, field(fields, "id"), field(fields, "name"), outage(fields));
            case "anew" -> new Event.Anew(id, own);
            default -> null;
        };
    }

    private static Event turned(EventId id, Map<String, String> fields) {
        Status to = status(field(fields, "to"));
        ServiceStatus status = StatusCodec.decodeText(field(fields, "id"), field(fields, "status"))
                .as(to);
        return new Event.Turned(
                id,
                new Transition(
                        status.serviceId(),
                        status(field(fields, "from")),
                        to,
                        status.lastChecked(),
                        status.since(),
                        status.outcome(),
                        status.error(),
                        PeerLog.peer(fields.getOrDefault("peer", ""))),
                status,
                visibility(fields.get("visible")));
    }

    private static NodeOutage outage(Map<String, String> fields) {
        String ended = fields.get("ended");
        return new NodeOutage(
                Outcome.ofWord(field(fields, "reason")),
                Long.parseLong(field(fields, "began")),
                ended == null ? null : Long.valueOf(ended));
    }

    private static Event.Visibility visibility(@Nullable String flag) {
        return flag == null ? Event.Visibility.UNRECORDED : Event.Visibility.of(flag.equals("1"));
    }

    private static Status status(String word) {
        return Status.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }
}
