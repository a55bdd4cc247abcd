package io.openuptimes.store.nodes;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.PackedReader;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.nodes.Leases.Held;
import io.openuptimes.store.nodes.Leases.Told;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of {@code share.lua} and its answer. */
final class Sync {

    private static final int EPOCH_BYTES = 6;
    private static final int LEASE_BYTES = 2;
    private static final int FIXED_FIELDS = 7;
    private static final int NODE_FIELDS = 5;

    /** How a node acquires partitions. */
    enum Mode {
        /** Acquires what it lacks. */
        JOINED("j"),
        /** Acquires only what others have returned: the node has just reconnected, and others may be about to. */
        CAREFUL("c"),
        /** Acquires nothing, because the node is stopping. */
        LEAVING("l"),
        /** Acquires everything, because nobody else uses this Redis. */
        ALONE("a");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    /**
     * A node as known to Redis.
     *
     * @param seen time of the last heartbeat, epoch milliseconds
     * @param about the node's data about itself, see {@link NodeRecord}
     */
    record Seen(String id, long seen, boolean live, int partitions, String about) {}

    /**
     * @param at by Redis's clock, epoch milliseconds
     * @param generation identifies the data in Redis
     * @param holds what the node now holds
     * @param excess how many of the partitions checked from anywhere it should give up because others lack them
     * @param excessThere the same for partitions of the node's own location
     * @param soon whether others are about to return partitions that this node lacks
     * @param free number of partitions that no node checks
     */
    record Answer(
            long at,
            String generation,
            List<Held> holds,
            int excess,
            int excessThere,
            boolean soon,
            int free,
            List<Seen> nodes) {}

    private Sync() {}

    /**
     * @param location of the node, null for none
     * @param generation from the last answer, empty at first
     */
    static Request request(
            String id,
            @Nullable String location,
            Mode mode,
            NodeTiming timing,
            String about,
            String generation,
            String newGeneration,
            Told told) {
        Packed held = new Packed(told.held().size() * (LEASE_BYTES + EPOCH_BYTES));
        told.held().forEach(one -> held.fixed(one.lease(), LEASE_BYTES).fixed(one.epoch(), EPOCH_BYTES));
        Packed given = new Packed(told.given().size() * LEASE_BYTES);
        told.given().forEach(lease -> given.fixed(lease, LEASE_BYTES));
        return Script.SHARE
                .call(5)
                .arg(Keys.NODES)
                .arg(Keys.LEASES)
                .arg(Keys.EPOCH)
                .arg(Keys.RESUMED)
                .arg(Keys.GENERATION)
                .arg(id)
                .arg(mode.word)
                .arg(timing.ttlMs())
                .arg(timing.forgetMs())
                .arg(about)
                .arg(generation)
                .arg(newGeneration)
                .arg(held.toBytes())
                .arg(given.toBytes())
                .arg(told.heardOf())
                .arg(location == null ? "" : location);
    }

    static Answer answer(Response response) {
        List<Held> holds = new ArrayList<>();
        PackedReader in = new PackedReader(response.get(2).toBytes(), 0);
        while (in.hasMore()) {
            holds.add(new Held((int) in.fixed(LEASE_BYTES), in.fixed(EPOCH_BYTES)));
        }
        List<Seen> nodes = new ArrayList<>();
        for (int i = FIXED_FIELDS; i + NODE_FIELDS <= response.size(); i += NODE_FIELDS) {
            nodes.add(new Seen(
                    response.get(i).toString(),
                    response.get(i + 1).toLong(),
                    response.get(i + 2).toInteger() == 1,
                    response.get(i + 3).toInteger(),
                    response.get(i + 4).toString()));
        }
        return new Answer(
                response.get(0).toLong(),
                response.get(1).toString(),
                List.copyOf(holds),
                response.get(3).toInteger(),
                response.get(4).toInteger(),
                response.get(5).toInteger() == 1,
                response.get(6).toInteger(),
                List.copyOf(nodes));
    }
}
