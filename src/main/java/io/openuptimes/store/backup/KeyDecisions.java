package io.openuptimes.store.backup;

import static java.util.Map.entry;

import java.util.Map;

/** How backup and restore treat each key of {@code Keys}, by the name of its constant or method. */
final class KeyDecisions {

    /** The treatment of a key. */
    enum Decision {
        /** A backup contains it; a restore writes it. */
        KEPT,
        /** A restore derives it from the backup's contents. */
        MADE_ANEW,
        /** Transient: a restore removes it. */
        REMOVED,
        /** Expires by itself, and is meaningless once services and settings have been replaced. */
        EXPIRES,
        /** Belongs to the store and its nodes, whatever the store contains; a restore does not touch it. */
        LEFT
    }

    static final Map<String, Decision> ALL = Map.ofEntries(
            entry("NAMES", Decision.MADE_ANEW), // from the services, so that every name belongs to one
            entry("SETTINGS", Decision.KEPT),
            entry("SECRETS", Decision.KEPT),
            entry("API_KEYS", Decision.KEPT),
            entry("API_KEYS_LIMITED", Decision.KEPT),
            entry("API_KEYS_SETUP", Decision.KEPT),
            entry("API_KEYS_USED", Decision.KEPT),
            entry("EVENTS", Decision.KEPT),
            entry("RELAYED", Decision.LEFT), // outboxes' ids only grow, as epochs do
            entry("AUDIT", Decision.KEPT),
            entry("auditActor", Decision.EXPIRES), // how many entries an actor may still have
            entry("AUDIT_FAILED", Decision.KEPT),
            entry("RESULTS", Decision.REMOVED),
            entry("ASKS", Decision.REMOVED),
            entry("DELETED", Decision.REMOVED), // deleted services are not backed up, so there is nothing to forget
            entry("deleted", Decision.REMOVED),
            entry("DECLARED", Decision.KEPT),
            entry("BULK_CHUNKS", Decision.REMOVED), // a backup waits until it is finished
            entry("BULK_COMMITTED", Decision.REMOVED),
            entry("BULK_CHUNKS_ASIDE", Decision.REMOVED),
            entry("BULK_COMMITTED_ASIDE", Decision.REMOVED),
            entry("CHANGES_LOCK", Decision.REMOVED),
            entry("CHANGES_HELD", Decision.REMOVED),
            entry("CHANGES_COUNT", Decision.LEFT), // marks must not be reused
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
            entry("FORMAT", Decision.MADE_ANEW), // from the header
            entry("services", Decision.KEPT),
            entry("status", Decision.KEPT),
            entry("outbox", Decision.REMOVED), // a backup has the events that have been moved
            entry("certificates", Decision.KEPT),
            entry("closed", Decision.REMOVED),
            entry("fence", Decision.LEFT),
            entry("history", Decision.KEPT),
            entry("peers", Decision.KEPT),
            entry("rollup", Decision.KEPT),
            entry("states", Decision.KEPT),
            entry("note", Decision.EXPIRES),
            entry("session", Decision.EXPIRES)); // a restore ends all sessions, see sessionEpoch

    private KeyDecisions() {}
}
