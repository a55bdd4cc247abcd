package io.openuptimes.store.results;

import io.vertx.redis.client.RedisClientType;

/** What Redis is made of. */
enum Layout {
    /** One server. */
    SINGLE,
    /** One server, and others that may take its place. */
    REPLICATED,
    /** Several of those, each with some of the partitions. */
    CLUSTER;

    static Layout of(RedisClientType type) {
        return switch (type) {
            case CLUSTER -> CLUSTER;
            case SENTINEL -> REPLICATED;
            default -> SINGLE;
        };
    }
}
