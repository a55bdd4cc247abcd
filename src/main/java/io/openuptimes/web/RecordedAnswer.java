package io.openuptimes.web;

import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.model.Excerpt;
import io.openuptimes.web.http.Reply;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer in the form that is recorded for retries, also sent if the limits on responses in transit leave no room for
 * the full answer. Its size is bounded: large answers have shortened lists or omit a service's long fields, and set
 * {@code truncated}.
 */
final class RecordedAnswer {

    /** Of a complete record, in UTF-8. */
    static final int MAX_BYTES = 16 * 1024;

    /** Reserved for the record's other members: fingerprint, status and tag. */
    private static final int RESERVED_BYTES = 512;

    private static final String TRUNCATED = "truncated";
    /** Lists that may be cut to their first entries; counts and totals are separate members. */
    private static final List<String> LISTS = List.of("problems", "created", "changed", "deleted", "warnings");

    private static final String SERVICE = "service";
    /** Long fields of a service, with their empty values. */
    private static final Map<String, Object> LONG_FIELDS =
            Map.of("body", "", "headers", Map.of(), "description", "", "labels", Map.of());

    /** Maximum text length if an answer is still too large. */
    private static final int MAX_TEXT = 1_000;

    private RecordedAnswer() {}

    static Kept of(Reply reply) {
        return new Kept(reply.status(), shorten(reply.body()).encode(), reply.tag());
    }

    /** Returns the body unchanged if it is short enough. */
    static JsonObject shorten(JsonObject body) {
        if (fits(body)) {
            return body;
        }
        JsonObject bare = withoutLongFields(body);
        int entries = LISTS.stream().mapToInt(list -> size(body, list)).max().orElse(0);
        while (true) {
            JsonObject shorter = withLists(bare, entries);
            if (fits(shorter)) {
                return shorter;
            }
            if (entries == 0) {
                return essentials(shorter);
            }
            entries /= 2;
        }
    }

    /** The record holds the body as a JSON string, with quotes escaped. */
    private static boolean fits(JsonObject body) {
        String text = body.encode();
        return text.length() <= MAX_BYTES
                && Json.encode(text).getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES - RESERVED_BYTES;
    }

    private static int size(JsonObject body, String list) {
        return body.getValue(list) instanceof JsonArray entries ? entries.size() : 0;
    }

    /**
     * @param entries maximum length of each list
     */
    private static JsonObject withLists(JsonObject body, int entries) {
        JsonObject shorter = shallowCopy(body).put(TRUNCATED, true);
        for (String list : LISTS) {
            if (size(body, list) > entries) {
                shorter.put(
                        list, new JsonArray(body.getJsonArray(list).getList().subList(0, entries)));
            }
        }
        if (size(shorter, "warnings") == 0) {
            shorter.remove("warnings");
        }
        return shorter;
    }

    private static JsonObject withoutLongFields(JsonObject body) {
        if (!(body.getValue(SERVICE) instanceof JsonObject service)) {
            return body;
        }
        JsonObject shorter = shallowCopy(service);
        LONG_FIELDS.forEach((field, empty) -> {
            if (service.getValue(field) != null) {
                shorter.put(field, empty);
            }
        });
        return shallowCopy(body).put(SERVICE, shorter);
    }

    /** Status, message and counts. */
    private static JsonObject essentials(JsonObject body) {
        JsonObject essentials = new JsonObject();
        body.forEach(member -> {
            Object value = member.getValue();
            if (value instanceof String text) {
                essentials.put(member.getKey(), Excerpt.cut(text, MAX_TEXT));
            } else if (value instanceof Number
                    || value instanceof Boolean
                    || member.getKey().equals("counts")) {
                essentials.put(member.getKey(), value);
            }
        });
        return essentials;
    }

    private static JsonObject shallowCopy(JsonObject of) {
        return new JsonObject(new LinkedHashMap<>(of.getMap()));
    }
}
