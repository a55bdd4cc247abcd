package io.openuptimes.store;

import io.openuptimes.model.StableHash;

/**
 * Every key in Redis.
 *
 * <p>What belongs to a service carries the hash tag of its partition, so that the same code runs on one server and on
 * a cluster. A day is counted from the epoch, in UTC.
 */
final class Keys {

    /** Never changed: stored data is found by it. */
    static final int PARTITIONS = 256;

    static final long DAY_MS = 86_400_000;

    /** Hash: name of a service to its id. */
    static final String NAMES = "ou:names";
    /** Hash: what is set once for the whole installation. */
    static final String SETTINGS = "ou:settings";
    /** Hash: id of an API key to its record. */
    static final String API_KEYS = "ou:keys";
    /** Hash: id of an API key to its last use, epoch milliseconds. */
    static final String API_KEYS_USED = "ou:keys:used";
    /** Stream: every change of a service's status. */
    static final String TRANSITIONS = "ou:transitions";

    /** Sorted set: deleted services, see {@link Past}, by the time from which they cannot be restored. */
    static final String DELETED = "ou:deleted";

    private Keys() {}

    static int partition(String serviceId) {
        return StableHash.mod(serviceId, PARTITIONS);
    }

    /** Hash: id to the service's JSON. */
    static String services(int partition) {
        return "{ou:" + partition + "}:services";
    }

    /** Hash: id to the packed status, see {@link StatusCodec}. A service that has none does not exist. */
    static String status(int partition) {
        return "{ou:" + partition + "}:status";
    }

    /** String: the packed results of one day, see {@link HistoryCodec}. */
    static String history(String serviceId, long day) {
        return "{ou:" + partition(serviceId) + "}:history:" + serviceId + ":" + day;
    }

    /** Hash: {@code h<hour>} and {@code d<day>} to counts of checks, checks that were up, and the milliseconds of these. */
    static String rollup(String serviceId) {
        return "{ou:" + partition(serviceId) + "}:rollup:" + serviceId;
    }

    /** Hash: JSON and packed status of a deleted service, and until when it may be restored. */
    static String deleted(String serviceId) {
        return "{ou:" + partition(serviceId) + "}:deleted:" + serviceId;
    }

    static String session(String tokenHash) {
        return "ou:session:" + tokenHash;
    }

    static long day(long timestamp) {
        return Math.floorDiv(timestamp, DAY_MS);
    }
}
