package io.openuptimes.store.data;

import io.openuptimes.bus.EventId;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/** What Redis answers to commands on streams. */
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
     * The entries of a stream among those that XREAD answers with: a map in the newer of Redis's protocols, a list of
     * pairs in the older.
     *
     * @param streams null where there is nothing new
     */
    public static @Nullable Response entries(@Nullable Response streams, String key) {
        if (streams == null || streams.size() == 0) {
            return null;
        }
        return streams.isMap() ? streams.get(key) : streams.get(0).get(1);
    }
}
