package io.openuptimes.store.data;

import io.openuptimes.bus.EventId;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/** Decodes Redis's answers to stream commands. */
public final class Streams {

    private Streams() {}

    public static EventId id(Response text) {
        EventId id = EventId.parse(text.toString());
        if (id == null) {
            throw new IllegalStateException("not an id of a stream: " + text);
        }
        return id;
    }

    /**
     * Finds a stream's entries in an {@code XREAD} answer, which is a map in the newer Redis protocol and a list of
     * pairs in the older one.
     *
     * @param streams null if there is nothing new
     */
    public static @Nullable Response entries(@Nullable Response streams, String key) {
        if (streams == null || streams.size() == 0) {
            return null;
        }
        return streams.isMap() ? streams.get(key) : streams.get(0).get(1);
    }
}
