package io.openuptimes.store.nodes;

import io.openuptimes.health.HealthState;
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

/** Reads the states from which the next verdicts start, of the services of partitions and at their locations. */
public final class StoredHealth {

    private static final Logger log = LoggerFactory.getLogger(StoredHealth.class);

    private final Link link;
    private final WorkerExecutor workers;

    /**
     * @param workers decode statuses
     */
    public StoredHealth(Link link, WorkerExecutor workers) {
        this.link = link;
        this.workers = workers;
    }

    /**
     * States by service id or {@link io.openuptimes.model.Locations#idAt}, without those that cannot be read.
     */
    Future<Map<String, HealthState>> read(List<Integer> leases) {
        List<Request> reads = leases.stream()
                .map(Partition::ofLease)
                .distinct()
                .map(partition -> Request.cmd(Command.HGETALL).arg(Keys.status(partition)))
                .toList();
        return link.batch(reads).compose(answers -> workers.executeBlocking(() -> decode(answers), false));
    }

    private static Map<String, HealthState> decode(List<@Nullable Response> answers) {
        Map<String, HealthState> states = new HashMap<>();
        for (Response statuses : answers) {
            if (statuses == null) {
                continue;
            }
            for (String id : statuses.getKeys()) {
                Response packed = statuses.get(id);
                HealthState state = packed == null ? null : state(id, packed.toBytes());
                if (state != null) {
                    states.put(id, state);
                }
            }
        }
        return states;
    }

    private static @Nullable HealthState state(String id, byte[] packed) {
        try {
            return StatusCodec.decodeStored(id, packed).health();
        } catch (IllegalArgumentException e) {
            log.error("the status of {} cannot be read: {}", LoggedService.ofId(id), e.getMessage());
            return null;
        }
    }
}
