package io.openuptimes.store.results;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StoredJson;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a few services' names from Redis for log lines, which are too rare to keep all names in memory. */
final class LoggedNames {

    private final Link link;

    LoggedNames(Link link) {
        this.link = link;
    }

    /**
     * @return names by id, without services that are gone or cannot be read; fails if Redis is away
     */
    Future<Map<String, String>> names(Collection<String> serviceIds) {
        List<String> ids = List.copyOf(serviceIds);
        List<Request> reads = ids.stream()
                .map(id -> Request.cmd(Command.HGET)
                        .arg(Keys.services(Keys.partition(id)))
                        .arg(id))
                .toList();
        return link.batch(reads).map(records -> {
            Map<String, String> names = new HashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                String name = name(records.get(i));
                if (name != null) {
                    names.put(ids.get(i), name);
                }
            }
            return names;
        });
    }

    private static @Nullable String name(@Nullable Response json) {
        try {
            return json == null
                    ? null
                    : StoredJson.read(json.toString(), fields -> StoredJson.required(fields, "name"));
        } catch (IllegalArgumentException e) {
            return null; // logged when the service is loaded
        }
    }
}
