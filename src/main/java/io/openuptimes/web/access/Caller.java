package io.openuptimes.web.access;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param kind how the caller showed who it is
 * @param id of the key, for a stored key; otherwise a fixed word of the kind
 * @param name given to a stored key; otherwise as {@code id}
 * @param prefix first characters of a stored key, which may be shown; otherwise as {@code id}
 * @param scope what the caller may do; null for nothing but what is public
 * @param limits of a stored key; {@link KeyLimits#NONE} for all others
 */
public record Caller(
        Kind kind,
        String id,
        String name,
        String prefix,
        @Nullable Scope scope,
        KeyLimits limits) {

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

    /** Without a key of its own. */
    Caller(Kind kind, String id, @Nullable Scope scope) {
        this(kind, id, id, id, scope, KeyLimits.NONE);
    }

    static Caller of(ApiKey key) {
        return new Caller(Kind.STORED_KEY, key.id(), key.name(), key.prefix(), key.scope(), key.limits());
    }

    public boolean may(Scope needed) {
        return scope != null && scope.includes(needed);
    }

    /** The services that the caller sees. */
    public Sight sight() {
        if (limits.selector().isAll()) {
            return may(Scope.READ) ? Sight.EVERYTHING : Sight.PUBLIC;
        }
        return new Sight(may(Scope.READ), limits.selector());
    }
}
