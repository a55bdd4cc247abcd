package io.openuptimes.model;

/** How much of a service's configuration an answer shows. */
public enum Disclosure {
    /** Callers without a key: no URL at all. */
    PUBLIC,
    /** Read keys: no secrets, bodies or URL queries. */
    READER,
    /** Callers that may change services: all but secrets. */
    WRITER,
    /** Everything. For the store, and for an export in which an admin asks for the secrets. */
    FULL
}
