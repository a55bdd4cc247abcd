package io.openuptimes.store.backup;

import io.openuptimes.model.Locations;
import io.openuptimes.store.data.Past;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored service, with the ids that locate its data.
 *
 * @param name the service exists only if it holds this name
 * @param pasts its own, and those at its locations
 */
record Definition(String id, String name, List<Past> pasts) {

    /** Null if it cannot be read. */
    static @Nullable Definition read(String id, byte[] json) {
        try {
            JsonObject fields = new JsonObject(Buffer.buffer(json));
            String name = fields.getString("name");
            return name == null ? null : new Definition(id, name, pasts(id, fields));
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static List<Past> pasts(String id, JsonObject fields) {
        long createdAt = fields.getLong("createdAt", 0L);
        List<Past> pasts = new ArrayList<>();
        pasts.add(new Past(id, createdAt));
        for (Object location : fields.getJsonArray("locations", new JsonArray())) {
            pasts.add(new Past(Locations.idAt(id, String.valueOf(location)), createdAt));
        }
        return List.copyOf(pasts);
    }

    List<String> pastIds() {
        return pasts.stream().map(Past::serviceId).toList();
    }
}
