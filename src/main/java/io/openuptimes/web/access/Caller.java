package io.openuptimes.web.access;

import io.openuptimes.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param kind how the caller showed who it is
 * @param id of the key, for a stored key; otherwise a fixed word of the kind
 * @param scope what the caller may do; null for nothing but what is public
 */
public record Caller(Kind kind, String id, @Nullable Scope scope) {

    /** How callers show who they are. */
    public enum Kind {
        ANONYMOUS,
        /** The admin key of the configuration. */
        CONFIGURED_KEY,
        STORED_KEY,
        SESSION,
        SETUP_TOKEN
    }

    public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, "anonymous", null);

    public boolean may(Scope needed) {
        return scope != null && scope.includes(needed);
    }
}
