package io.openuptimes.store.results;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StoredJson;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which services callers without a key can see. */
final class PublicServices {

    private final Link link;

    PublicServices(Link link) {
        this.link = link;
    }

    /** The currently public ones among these services. */
    Future<Set<String>> among(Set<String> ids) {
        List<String> wanted = List.copyOf(ids);
        List<Request> reads = wanted.stream()
                .map(id -> Request.cmd(Command.HGET)
                        .arg(Keys.services(Keys.partition(id)))
                        .arg(id))
                .toList();
        return link.batch(reads).map(answers -> {
            Set<String> open = new HashSet<>();
            for (int i = 0; i < wanted.size(); i++) {
                Response json = answers.get(i);
                if (json != null && isVisible(json.toString())) {
                    open.add(wanted.get(i));
                }
            }
            return open;
        });
    }

    /** A service that cannot be read is hidden. */
    private static boolean isVisible(String json) {
        try {
            return StoredJson.read(json, service -> service.getBoolean("visible", true));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
