package io.openuptimes.store.data;

import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audit log entries: JSON in the field {@code e} of a stream entry, whose id is the audit entry's id. In a running
 * entry, which stands for many requests, further fields contain the counts by action.
 */
public final class AuditCodec {

    public static final String FIELD = "e";

    static final int MAX_CHARACTERS = 4_096;
    private static final int MAX_NAMES = 30;

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private static final Logger log = LoggerFactory.getLogger(AuditCodec.class);

    private AuditCodec() {}

    /** At most {@value #MAX_CHARACTERS} characters; values are left out of an entry that would be longer. */
    public static String encode(AuditEntry entry) {
        String whole = json(entry, entry.before(), entry.after());
        if (whole.length() <= MAX_CHARACTERS) {
            return whole;
        }
        return json(entry, namesOnly(entry.before()), namesOnly(entry.after()));
    }

    /** The entry that stands for this request and others of the same actor, with the last one's time and address. */
    public static String encodeRunning(AuditEntry last) {
        Map<String, Object> none = Map.of();
        return encode(new AuditEntry(
                "", last.at(), AuditEntry.FOLDED, last.actor(), last.address(), null, none, none, none, last.failed()));
    }

    private static Map<String, Object> namesOnly(Map<String, Object> fields) {
        Map<String, Object> names = new LinkedHashMap<>();
        fields.keySet().stream().limit(MAX_NAMES).forEach(name -> names.put(name, "…"));
        return names;
    }

    private static String json(AuditEntry entry, Map<String, Object> before, Map<String, Object> after) {
        JsonObject json = new JsonObject()
                .put("at", entry.at())
                .put("action", entry.action())
                .put("kind", entry.actor().kind())
                .put("address", entry.address());
        put(json, "key", entry.actor().key());
        put(json, "target", entry.target());
        put(json, "before", before);
        put(json, "after", after);
        put(json, "counts", entry.counts());
        return json.encode();
    }

    private static void put(JsonObject json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    private static void put(JsonObject json, String name, Map<String, Object> fields) {
        if (!fields.isEmpty()) {
            json.put(name, new JsonObject(new LinkedHashMap<>(fields)));
        }
    }

    /**
     * @param entry the stream entry: id and fields
     * @param failed whether it is from the stream of failed sign-ins
     * @return null if it cannot be read, which does not affect other entries
     */
    public static @Nullable AuditEntry decode(Response entry, boolean failed) {
        String id = entry.get(0).toString();
        Response fields = entry.get(1);
        try {
            return StoredJson.read(field(fields), json -> entry(id, fields, json, failed));
        } catch (IllegalArgumentException e) {
            log.warn("entry {} of the audit log cannot be read: {}", id, e.getMessage());
            return null;
        }
    }

    private static String field(Response fields) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(FIELD)) {
                return fields.get(i + 1).toString();
            }
        }
        throw new IllegalArgumentException("it has no " + FIELD);
    }

    private static AuditEntry entry(String id, Response fields, JsonObject json, boolean failed) {
        Map<String, Object> counts = countsByAction(fields);
        return new AuditEntry(
                id,
                json.getLong("at", 0L),
                json.getString("action", "unknown"),
                new AuditActor(json.getString("kind", "unknown"), json.getString("key")),
                json.getString("address", "unknown"),
                json.getString("target"),
                map(json, "before"),
                map(json, "after"),
                counts.isEmpty() ? map(json, "counts") : counts,
                failed);
    }

    /** Most frequent action first. Skips fields of later versions, which are not counts. */
    private static Map<String, Object> countsByAction(Response fields) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String name = fields.get(i).toString();
            String value = fields.get(i + 1).toString();
            if (!name.equals(FIELD) && COUNT.matcher(value).matches()) {
                counts.put(name, Integer.parseInt(value));
            }
        }
        Map<String, Object> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }

    private static Map<String, Object> map(JsonObject json, String name) {
        JsonObject fields = json.getJsonObject(name);
        return fields == null ? Map.of() : fields.getMap();
    }
}
