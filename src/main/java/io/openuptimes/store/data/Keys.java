package io.openuptimes.store.data;

import io.openuptimes.bus.OnceMessage.OnceKey;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Partition;
import org.jspecify.annotations.Nullable;

/**
 * Every key in Redis.
 *
 * <p>What belongs to a service carries the hash tag of its partition, so that the same code runs on one server and on
 * a cluster. A day is counted from the epoch, in UTC. The status, history and counts of a service at one location are
 * kept like those of a service, by the id {@link Locations#idAt}.
 */
public final class Keys {

    public static final int PARTITIONS = Partition.COUNT;

    public static final long DAY_MS = 86_400_000;

    /** Hash: name of a service to its id. */
    public static final String NAMES = "ou:names";
    /** Hash: what is set once for the whole installation. */
    public static final String SETTINGS = "ou:settings";
    /** String: which key secrets are encrypted with, see {@code InstallationKey}. */
    public static final String SECRETS = "ou:secrets";

    /** Hash: id of an API key to its record. */
    public static final String API_KEYS = "ou:keys";

    /**
     * Hash of key ids to JSON, of keys that are confined or expire. Versions that know neither do not read it, and so
     * refuse these keys instead of granting them more.
     */
    public static final String API_KEYS_LIMITED = "ou:keys:limited";

    /**
     * Hash of key ids to JSON, of the key that the set-up created. In the slot of {@link #SETTINGS}, so that one script
     * completes the set-up and stores its key.
     */
    public static final String API_KEYS_SETUP = "{" + SETTINGS + "}:keys";

    /** Hash: id of an API key to its last use, epoch milliseconds. */
    public static final String API_KEYS_USED = "ou:keys:used";
    /** Stream: what happened to services, see {@link EventCodec}. */
    public static final String EVENTS = "ou:events";

    /** Stream: requests that changed something, see {@link AuditCodec}. */
    public static final String AUDIT = "ou:audit";

    /** Starts the hashes of what actors have in {@link #AUDIT}, see {@code audit.lua}; in its slot. They expire. */
    private static final String AUDIT_ACTOR = "{" + AUDIT + "}:actor:";

    /** Stream: sign-ins that failed, bounded apart, so that an attack displaces nothing else. */
    public static final String AUDIT_FAILED = "ou:audit:failed";

    /** Stream: what results nodes have written, see {@code ResultFeed}. */
    public static final String RESULTS = "ou:results";

    /** Sorted set: deleted services, see {@link Past}, by the time from which they cannot be restored. */
    public static final String DELETED = "ou:deleted";

    /** Set: ids of the declared services. */
    public static final String DECLARED = "ou:declared";

    /** List: a change of many services that is being written, see {@code BulkJournal}. */
    public static final String BULK_CHUNKS = "{ou:bulk}:chunks";
    /** String: how many chunks it has, once they are all there. */
    public static final String BULK_COMMITTED = "{ou:bulk}:committed";
    /** Both, of a change that could not be finished: for whoever wants to see what it was. */
    public static final String BULK_CHUNKS_ASIDE = "{ou:bulk}:aside:chunks";

    public static final String BULK_COMMITTED_ASIDE = "{ou:bulk}:aside:committed";

    /** String: mark of who changes many services, see {@code ChangeLock}; it expires. */
    public static final String CHANGES_LOCK = "{ou:bulk}:lock";
    /** String: the same, until it is given back. */
    public static final String CHANGES_HELD = "{ou:bulk}:held";
    /** String: the number of the last mark. */
    public static final String CHANGES_COUNT = "{ou:bulk}:count";
    /** String: the run that is to have it next; it expires. */
    public static final String CHANGES_NEXT = "{ou:bulk}:next";
    /** String: mark of who alone changes names. */
    public static final String NAMES_CLOSED = "{ou:names}:closed";
    /** String: whose file declares services; it expires. */
    public static final String DECLARED_BY = "ou:declared:by";

    /** Starts the records of requests that are carried out once; the member of {@link #ONCE_INDEX} follows it. */
    public static final String ONCE = "{ou:once}:record:";
    /** Sorted set of these, for their number, see {@code once_begin.lua}. */
    public static final String ONCE_INDEX = "{ou:once}:index";

    /** Hash: id of a node to when it was last heard of and what it tells of itself, see {@code share.lua}. */
    public static final String NODES = "{ou:nodes}:nodes";
    /**
     * Hash: partition, at a location {@code <location>/<partition>}, to the id of the node that checks it, and the epoch
     * since which it does.
     */
    public static final String LEASES = "{ou:nodes}:leases";
    /** String: the newest epoch. */
    public static final String EPOCH = "{ou:nodes}:epoch";
    /** String: there while dead nodes keep their leases, because nobody has been heard of for a while. */
    public static final String RESUMED = "{ou:nodes}:resumed";
    /** String: names this data; another Redis, or an emptied one, has another. */
    public static final String GENERATION = "{ou:nodes}:generation";

    /** String: a restore is under way, or was interrupted: what is stored is incomplete, and no node may use it. */
    public static final String RESTORING = "ou:restoring";

    private Keys() {}

    /** Hash: how many entries an actor has in the audit log, and its running entry, see {@code audit.lua}. */
    public static String auditActor(AuditActor actor) {
        String key = actor.key();
        return AUDIT_ACTOR + actor.kind() + (key == null ? "" : ":" + key);
    }

    /** What is known of a service at one location is in the service's. */
    public static int partition(String serviceId) {
        return Partition.of(Locations.serviceId(serviceId));
    }

    /** Hash: id to the service's JSON. */
    public static String services(int partition) {
        return "{ou:" + partition + "}:services";
    }

    /** Hash: id to the packed status, see {@link StatusCodec}. A service that has none does not exist. */
    public static String status(int partition) {
        return "{ou:" + partition + "}:status";
    }

    /** Hash: id of a service to the certificate that it showed last, see {@link CertificateCodec}. */
    public static String certificates(int partition) {
        return "{ou:" + partition + "}:certificates";
    }

    /** String: mark of who alone changes services of the partition, see {@code ChangeLock}. */
    public static String closed(int partition) {
        return "{ou:" + partition + "}:closed";
    }

    /** String: the epoch of the partition's latest holder; results of earlier ones are not written any more. */
    public static String fence(int partition) {
        return "{ou:" + partition + "}:fence";
    }

    /**
     * String: the epoch of the slot's latest holder; results of earlier ones are not written any more.
     *
     * @param location of the node; null where it has none
     */
    public static String fence(int slot, @Nullable String location) {
        String fence = fence(Partition.ofSlot(slot));
        return Partition.isThere(slot) ? fence + ":" + location : fence;
    }

    /** String: the packed results of one day, see {@link HistoryCodec}. */
    public static String history(String serviceId, long day) {
        return "{ou:" + partition(serviceId) + "}:history:" + serviceId + ":" + day;
    }

    /** String: which servers the failed checks of one day reached, see {@link PeerLog}. */
    public static String peers(String serviceId, long day) {
        return "{ou:" + partition(serviceId) + "}:peers:" + serviceId + ":" + day;
    }

    /** Hash: {@code h<hour>} and {@code d<day>} to counts of checks, checks that were up, and the milliseconds of these. */
    public static String rollup(String serviceId) {
        return "{ou:" + partition(serviceId) + "}:rollup:" + serviceId;
    }

    /**
     * Hash: JSON and packed status of a deleted service, and until when it may be restored; and the statuses at its
     * locations, by their ids.
     */
    public static String deleted(String serviceId) {
        return "{ou:" + partition(serviceId) + "}:deleted:" + Locations.serviceId(serviceId);
    }

    /** String: a request that is carried out once, see {@code OnceStore}; it expires. */
    public static String once(OnceKey key) {
        return ONCE + onceMember(key);
    }

    /** Where earlier versions, which did not limit the number, wrote it. */
    public static String onceUnlimited(OnceKey key) {
        return "ou:once:" + key.key();
    }

    /** Stands for the record in the indexes. */
    public static String onceMember(OnceKey key) {
        return key.caller() + ":" + key.key();
    }

    /** Sorted set: the records of one caller. */
    public static String onceIndex(OnceKey key) {
        return ONCE_INDEX + ":" + key.caller();
    }

    /** String: what a change of the configuration has changed, see {@code Commits}; it expires. In the slot of the key. */
    public static String note(String key, String id) {
        int brace = key.indexOf('{');
        String tag = brace < 0 ? key : key.substring(brace + 1, key.indexOf('}', brace));
        return "{" + tag + "}:change:" + id;
    }

    public static String session(String tokenHash) {
        return "ou:session:" + tokenHash;
    }

    public static long day(long timestamp) {
        return Math.floorDiv(timestamp, DAY_MS);
    }
}
