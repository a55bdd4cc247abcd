package io.openuptimes.store.nodes;

import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Partition;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads when the services of partitions were last checked by any node, including the checks at their locations. */
public final class LastChecks {

    private static final Logger log = LoggerFactory.getLogger(LastChecks.class);

    private final Link link;
    private final WorkerExecutor workers;

    /**
     * @param workers decode what is read
     */
    public LastChecks(Link link, WorkerExecutor workers) {
        this.link = link;
        this.workers = workers;
    }

    /**
     * Start of the last check in epoch milliseconds, by service id and by
     * {@link io.openuptimes.model.Locations#idAt}; services that have never been checked are left out.
     */
    Future<Map<String, Long>> read(List<Integer> slots) {
        List<Request> reads = slots.stream()
                .map(Partition::ofSlot)
                .distinct()
                .map(partition -> Request.cmd(Command.HGETALL).arg(Keys.status(partition)))
                .toList();
        return link.batch(reads).compose(answers -> workers.executeBlocking(() -> decode(answers), false));
    }

    private static Map<String, Long> decode(List<@Nullable Response> answers) {
        Map<String, Long> lastChecks = new HashMap<>();
        for (Response statuses : answers) {
            if (statuses == null) {
                continue;
            }
            for (String id : statuses.getKeys()) {
                Response packed = statuses.get(id);
                long at = packed == null ? 0 : lastCheck(id, packed.toBytes());
                if (at > 0) {
                    lastChecks.put(id, at);
                }
            }
        }
        return lastChecks;
    }

    private static long lastCheck(String id, byte[] packed) {
        try {
            return StatusCodec.decode(id, packed).lastChecked();
        } catch (IllegalArgumentException e) {
            log.error(
                    "the status of {} cannot be read: {}; its next check writes a new one",
                    LoggedService.ofId(id),
                    e.getMessage());
            return 0;
        }
    }
}
