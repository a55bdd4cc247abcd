package io.openuptimes.store.results;

import io.vertx.redis.client.RedisClientType;

/** The kind of Redis deployment. */
enum Layout {
    /** One server. */
    SINGLE,
    /** One server with replicas that may be promoted. */
    REPLICATED,
    /** Several masters, each with some of the partitions. */
    CLUSTER;

    static Layout of(RedisClientType type) {
        return switch (type) {
            case CLUSTER -> CLUSTER;
            case SENTINEL -> REPLICATED;
            default -> SINGLE;
        };
    }
}
