package io.openuptimes.store.data;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API keys as JSON. Unset limits are omitted; unknown members are ignored. */
public final class ApiKeyCodec {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyCodec.class);

    /** Matches nothing. */
    private static final LabelSelector NOTHING = new LabelSelector(
            List.of(new LabelSelector.Term("none", null, false), new LabelSelector.Term("none", null, true)));

    private ApiKeyCodec() {}

    public static String encode(ApiKey key) {
        KeyLimits limits = key.limits();
        JsonObject fields = new JsonObject()
                .put("name", key.name())
                .put("scope", key.scope().word())
                .put("prefix", key.prefix())
                .put("hash", key.hash())
                .put("createdAt", key.createdAt());
        if (!limits.selector().isAll()) {
            fields.put("selector", new JsonArray(limits.selector().texts()));
        }
        if (limits.expiresAt() != 0) {
            fields.put("expiresAt", limits.expiresAt());
        }
        if (limits.rateLimit() != 0) {
            fields.put("rateLimit", limits.rateLimit());
        }
        return fields.encode();
    }

    /**
     * @param lastUsed epoch milliseconds; 0 if never
     * @return null if it cannot be read, which is logged; such a key grants no access
     */
    public static @Nullable ApiKey decode(String id, String json, long lastUsed) {
        try {
            return StoredJson.read(json, fields -> key(id, fields, lastUsed));
        } catch (IllegalArgumentException e) {
            log.error("API key {} cannot be read and is refused: {}. Revoke it and create another", id, e.getMessage());
            return null;
        }
    }

    private static ApiKey key(String id, JsonObject fields, long lastUsed) {
        return new ApiKey(
                id,
                StoredJson.required(fields, "name"),
                Scope.ofWord(StoredJson.required(fields, "scope"))
                        .orElseThrow(() -> new IllegalArgumentException("its scope is unknown")),
                new KeyLimits(
                        selector(id, fields.getJsonArray("selector", new JsonArray())),
                        fields.getLong("expiresAt", 0L),
                        fields.getInteger("rateLimit", 0)),
                StoredJson.required(fields, "prefix"),
                StoredJson.required(fields, "hash"),
                StoredJson.requiredLong(fields, "createdAt"),
                lastUsed);
    }

    /** A selector that this version cannot read must not widen what the key can see. */
    private static LabelSelector selector(String id, JsonArray terms) {
        try {
            return LabelSelector.parse(
                    "selector", terms.stream().map(String::valueOf).toList());
        } catch (InvalidInputException e) {
            log.error("API key {} matches no service, its selector cannot be read: {}", id, e.getMessage());
            return NOTHING;
        }
    }
}
