package io.openuptimes.store.data;

import io.openuptimes.bus.OnceMessage.OnceKey;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Partition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every key in Redis.
 *
 * <p>A service's keys carry the hash tag of its partition, so that the same code runs on one server and on a cluster.
 * Days are counted from the epoch, in UTC. A service's status, history and counts at one location are stored like those
 * of a service, under the id {@link Locations#idAt}.
 */
public final class Keys {

    public static final int PARTITIONS = Partition.COUNT;

    public static final long DAY_MS = 86_400_000;
    public static final long HOUR_MS = 3_600_000;

    /** Days of a period of {@link #states}, as in {@code record.lua}. */
    public static final long LOG_DAYS = 100;
    /** How long a period of {@link #states} is kept after its end, in days, as in {@code record.lua}. */
    public static final long LOG_KEPT_DAYS = 400;

    /** Hash: name of a service to its id. */
    public static final String NAMES = "ou:names";
    /** Hash: settings of the whole installation. */
    public static final String SETTINGS = "ou:settings";
    /** String: the key with which secrets are encrypted, see {@code InstallationKey}. */
    public static final String SECRETS = "ou:secrets";

    /** Hash: id of an API key to its record. */
    public static final String API_KEYS = "ou:keys";

    /**
     * Hash: id to JSON of API keys that are restricted or expire. Versions that know neither do not read it, and
     * therefore reject these keys instead of granting them more.
     */
    public static final String API_KEYS_LIMITED = "ou:keys:limited";

    /**
     * Hash: id to JSON of the API key created by setup. In the slot of {@link #SETTINGS}, so that one script completes
     * setup and stores its key.
     */
    public static final String API_KEYS_SETUP = "{" + SETTINGS + "}:keys";

    /** Hash: id of an API key to its last use, epoch milliseconds. */
    public static final String API_KEYS_USED = "ou:keys:used";
    /** Stream: events of services, see {@link EventCodec}. */
    public static final String EVENTS = "ou:events";

    /**
     * Hash: partition to the id of the last event moved from its {@link #outbox} to {@link #EVENTS}, whose slot it
     * shares.
     */
    public static final String RELAYED = "{" + EVENTS + "}:relayed";

    /** Stream: requests that changed something, see {@link AuditCodec}. */
    public static final String AUDIT = "ou:audit";

    /**
     * Prefix of the hashes with each actor's entries in {@link #AUDIT}, see {@code audit.lua}; in its slot. They
     * expire.
     */
    private static final String AUDIT_ACTOR = "{" + AUDIT + "}:actor:";

    /** Stream: failed sign-ins, with a limit of their own so that an attack displaces nothing else. */
    public static final String AUDIT_FAILED = "ou:audit:failed";

    /** Stream: results written by nodes, see {@code ResultFeed}. */
    public static final String RESULTS = "ou:results";

    /** Stream: requests of nodes to each other, and answers. */
    public static final String ASKS = "ou:asks";

    /** Sorted set: deleted services, see {@link Past}, by the time from which they cannot be restored. */
    public static final String DELETED = "ou:deleted";

    /** Set: ids of the declared services. */
    public static final String DECLARED = "ou:declared";

    /** List: a bulk change that is being written, see {@code BulkJournal}. */
    public static final String BULK_CHUNKS = "{ou:bulk}:chunks";
    /** String: the number of its chunks, once all of them are there. */
    public static final String BULK_COMMITTED = "{ou:bulk}:committed";
    /** Both, of a change that could not be finished; kept for inspection. */
    public static final String BULK_CHUNKS_ASIDE = "{ou:bulk}:aside:chunks";

    public static final String BULK_COMMITTED_ASIDE = "{ou:bulk}:aside:committed";

    /** String: mark of the node making a bulk change, see {@code ChangeLock}; it expires. */
    public static final String CHANGES_LOCK = "{ou:bulk}:lock";
    /** String: the same, until the lock is released. */
    public static final String CHANGES_HELD = "{ou:bulk}:held";
    /** String: number of the last mark. */
    public static final String CHANGES_COUNT = "{ou:bulk}:count";
    /** String: the run that is next; it expires. */
    public static final String CHANGES_NEXT = "{ou:bulk}:next";
    /** String: mark of the node that alone may change names. */
    public static final String NAMES_CLOSED = "{ou:names}:closed";
    /** String: the node whose file declares services; it expires. */
    public static final String DECLARED_BY = "ou:declared:by";

    /** Prefix of the records of requests that are executed only once, followed by the member of {@link #ONCE_INDEX}. */
    public static final String ONCE = "{ou:once}:record:";
    /** Sorted set of these, which limits their number, see {@code once_begin.lua}. */
    public static final String ONCE_INDEX = "{ou:once}:index";

    /** Hash: id of a node to its last heartbeat and its data about itself, see {@code share.lua}. */
    public static final String NODES = "{ou:nodes}:nodes";
    /**
     * Hash: partition, at a location {@code <location>/<partition>}, to the id of the node that checks it and the epoch
     * in which the node acquired it.
     */
    public static final String LEASES = "{ou:nodes}:leases";
    /** String: the newest epoch. */
    public static final String EPOCH = "{ou:nodes}:epoch";
    /** String: exists while dead nodes keep their leases, because no node sent a heartbeat for a while. */
    public static final String RESUMED = "{ou:nodes}:resumed";
    /** String: identifies this data; another Redis, or an emptied one, has another value. */
    public static final String GENERATION = "{ou:nodes}:generation";

    /** String: a restore is running or was interrupted. The data is incomplete, and no node may use it. */
    public static final String RESTORING = "ou:restoring";

    /** String: the number of the format of all data, see {@code StoreFormat}. */
    public static final String FORMAT = "ou:format";

    private Keys() {}

    /** Hash: an actor's number of entries in the audit log and its running entry, see {@code audit.lua}. */
    public static String auditActor(AuditActor actor) {
        String key = actor.key();
        return AUDIT_ACTOR + actor.kind() + (key == null ? "" : ":" + key);
    }

    /** Data of a service at a location is in the service's partition. */
    public static int partition(String serviceId) {
        return Partition.of(Locations.serviceId(serviceId));
    }

    /** Hash: id to the service's JSON. */
    public static String services(int partition) {
        return "{ou:" + partition + "}:services";
    }

    /** Hash: id to the packed status, see {@link StatusCodec}. A service without a status does not exist. */
    public static String status(int partition) {
        return "{ou:" + partition + "}:status";
    }

    /**
     * Stream: events of the partition's transitions, each appended in the step that stored its status; see
     * {@code relay.lua}. Ids consist of the epoch of the writer's lease and {@code ResultWrite.number}.
     */
    public static String outbox(int partition) {
        return "{ou:" + partition + "}:outbox";
    }

    /** Hash: id of a service to its latest certificate, see {@link CertificateCodec}. */
    public static String certificates(int partition) {
        return "{ou:" + partition + "}:certificates";
    }

    /** String: mark of the node that alone may change services of the partition, see {@code ChangeLock}. */
    public static String closed(int partition) {
        return "{ou:" + partition + "}:closed";
    }

    /** String: the epoch of the partition's latest holder; results of earlier holders are rejected. */
    public static String fence(int partition) {
        return "{ou:" + partition + "}:fence";
    }

    /**
     * String: the epoch of the lease's latest holder; results of earlier holders are rejected.
     *
     * @param location of the node; null if it has none
     */
    public static String fence(int lease, @Nullable String location) {
        String fence = fence(Partition.ofLease(lease));
        return Partition.isAtLocation(lease) ? fence + ":" + location : fence;
    }

    /** String: the packed results of one day, see {@link HistoryCodec}. */
    public static String history(String serviceId, long day) {
        return "{ou:" + partition(serviceId) + "}:history:" + serviceId + ":" + day;
    }

    /** String: the servers reached by the failed checks of one day, see {@link PeerLog}. */
    public static String peers(String serviceId, long day) {
        return "{ou:" + partition(serviceId) + "}:peers:" + serviceId + ":" + day;
    }

    /**
     * Hash: {@code h<hour>} and {@code d<day>} to counts: checks, checks that were up, and the latter's milliseconds.
     */
    public static String rollup(String serviceId) {
        return "{ou:" + partition(serviceId) + "}:rollup:" + serviceId;
    }

    /**
     * String: the changes of a service's state during a period of {@value #LOG_DAYS} days, see {@link StateLogCodec}. An
     * entry belongs to the period of the result that caused it.
     */
    public static String states(String serviceId, long period) {
        return "{ou:" + partition(serviceId) + "}:states:" + serviceId + ":" + period;
    }

    /** The period of {@link #states} that a time belongs to. */
    public static long statesPeriod(long timestamp) {
        return Math.floorDiv(timestamp, LOG_DAYS * DAY_MS);
    }

    /** When a period of {@link #states} expires, epoch milliseconds. */
    public static long statesExpiry(long period) {
        return ((period + 1) * LOG_DAYS + LOG_KEPT_DAYS) * DAY_MS;
    }

    /** The keys of {@link #states} for all periods from one time to another, oldest first. */
    public static List<String> states(String serviceId, long from, long to) {
        List<String> keys = new ArrayList<>();
        for (long period = statesPeriod(from); period <= statesPeriod(to); period++) {
            keys.add(states(serviceId, period));
        }
        return keys;
    }

    /** All keys of {@link #states} that may exist now, including one of a node whose clock is ahead. */
    public static List<String> allStates(String serviceId, long now) {
        return states(serviceId, now - (LOG_DAYS + LOG_KEPT_DAYS) * DAY_MS, now + DAY_MS);
    }

    /**
     * Hash: JSON and packed status of a deleted service, and until when it can be restored; also the statuses at its
     * locations, by their ids.
     */
    public static String deleted(String serviceId) {
        return "{ou:" + partition(serviceId) + "}:deleted:" + Locations.serviceId(serviceId);
    }

    /** String: a request that is executed only once, see {@code OnceStore}; it expires. */
    public static String once(OnceKey key) {
        return ONCE + onceMember(key);
    }

    /** The key used by earlier versions, which did not limit the number. */
    public static String onceUnlimited(OnceKey key) {
        return "ou:once:" + key.key();
    }

    /** The record's member in the indexes. */
    public static String onceMember(OnceKey key) {
        return key.caller() + ":" + key.key();
    }

    /** Sorted set: the records of one caller. */
    public static String onceIndex(OnceKey key) {
        return ONCE_INDEX + ":" + key.caller();
    }

    /** String: the effects of a configuration change, see {@code Commits}; it expires. In the slot of the key. */
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
