package io.openuptimes.model;

/** How much of a service's configuration an answer contains. */
public enum Disclosure {
    /** Callers without a key: no URL at all. */
    PUBLIC,
    /** Read keys: everything except secrets, bodies and URL queries. */
    READER,
    /** Callers that may change services: everything except secrets. */
    WRITER,
    /** Everything. Used by the store, and for an export with secrets requested by an admin. */
    FULL
}
