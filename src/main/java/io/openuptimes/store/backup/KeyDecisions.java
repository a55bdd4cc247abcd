package io.openuptimes.store.backup;

import static java.util.Map.entry;

import java.util.Map;

/** Whether a backup holds a key, for each of {@code Keys}, by the name of its constant or method. */
final class KeyDecisions {

    /** What becomes of it. */
    enum Decision {
        /** A backup holds it; a restore writes it. */
        KEPT,
        /** A restore makes it, of what the backup holds. */
        MADE_ANEW,
        /** It is of the moment: a restore removes it. */
        REMOVED,
        /** It expires by itself, and means nothing once the services and settings are others. */
        EXPIRES,
        /** It belongs to the store and its nodes, whatever the store holds: a restore leaves it. */
        LEFT
    }

    static final Map<String, Decision> ALL = Map.ofEntries(
            entry("NAMES", Decision.MADE_ANEW), // of the services: so no name leads nowhere
            entry("SETTINGS", Decision.KEPT),
            entry("SECRETS", Decision.KEPT),
            entry("API_KEYS", Decision.KEPT),
            entry("API_KEYS_LIMITED", Decision.KEPT),
            entry("API_KEYS_SETUP", Decision.KEPT),
            entry("API_KEYS_USED", Decision.KEPT),
            entry("EVENTS", Decision.KEPT),
            entry("AUDIT", Decision.KEPT),
            entry("auditActor", Decision.EXPIRES), // how many entries an actor may still have
            entry("AUDIT_FAILED", Decision.KEPT),
            entry("RESULTS", Decision.REMOVED),
            entry("DELETED", Decision.REMOVED), // what is deleted is not backed up: there is nothing to forget
            entry("deleted", Decision.REMOVED),
            entry("DECLARED", Decision.KEPT),
            entry("BULK_CHUNKS", Decision.REMOVED), // a backup waits until it is finished
            entry("BULK_COMMITTED", Decision.REMOVED),
            entry("BULK_CHUNKS_ASIDE", Decision.REMOVED),
            entry("BULK_COMMITTED_ASIDE", Decision.REMOVED),
            entry("CHANGES_LOCK", Decision.REMOVED),
            entry("CHANGES_HELD", Decision.REMOVED),
            entry("CHANGES_COUNT", Decision.LEFT), // marks must not be given twice
            entry("CHANGES_NEXT", Decision.EXPIRES),
            entry("NAMES_CLOSED", Decision.REMOVED),
            entry("DECLARED_BY", Decision.REMOVED),
            entry("ONCE", Decision.REMOVED),
            entry("ONCE_INDEX", Decision.REMOVED),
            entry("once", Decision.REMOVED),
            entry("onceUnlimited", Decision.EXPIRES),
            entry("onceMember", Decision.REMOVED),
            entry("onceIndex", Decision.EXPIRES),
            entry("NODES", Decision.LEFT),
            entry("LEASES", Decision.LEFT),
            entry("EPOCH", Decision.LEFT), // never lower than a fence
            entry("RESUMED", Decision.EXPIRES),
            entry("GENERATION", Decision.LEFT),
            entry("RESTORING", Decision.REMOVED),
            entry("services", Decision.KEPT),
            entry("status", Decision.KEPT),
            entry("certificates", Decision.KEPT),
            entry("closed", Decision.REMOVED),
            entry("fence", Decision.LEFT),
            entry("history", Decision.KEPT),
            entry("peers", Decision.KEPT),
            entry("rollup", Decision.KEPT),
            entry("note", Decision.EXPIRES),
            entry("session", Decision.EXPIRES)); // and all of them end with the restore, see sessionEpoch

    private KeyDecisions() {}
}
