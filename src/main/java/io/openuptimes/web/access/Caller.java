package io.openuptimes.web.access;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request.
 *
 * @param kind type of credential
 * @param id the key's ID, for a stored key; otherwise a constant for the kind
 * @param name the stored key's name; otherwise the same as {@code id}
 * @param prefix the first characters of a stored key, which are safe to show; otherwise the same as {@code id}
 * @param scope what the caller may do; null if only what is public
 * @param limits the stored key's limits; {@link KeyLimits#NONE} for all others
 */
public record Caller(
        Kind kind,
        String id,
        String name,
        String prefix,
        @Nullable Scope scope,
        KeyLimits limits) {

    /** Types of credential. */
    public enum Kind {
        ANONYMOUS,
        /** The admin key from the configuration. */
        CONFIGURED_KEY,
        STORED_KEY,
        SESSION,
        SETUP_TOKEN
    }

    public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, "anonymous", null);

    /** A caller without a stored key. */
    Caller(Kind kind, String id, @Nullable Scope scope) {
        this(kind, id, id, id, scope, KeyLimits.NONE);
    }

    static Caller of(ApiKey key) {
        return new Caller(Kind.STORED_KEY, key.id(), key.name(), key.prefix(), key.scope(), key.limits());
    }

    public boolean may(Scope needed) {
        return scope != null && scope.includes(needed);
    }

    /** The services that the caller can see. */
    public Sight sight() {
        if (limits.selector().isAll()) {
            return may(Scope.READ) ? Sight.EVERYTHING : Sight.PUBLIC;
        }
        return new Sight(may(Scope.READ), limits.selector());
    }
}
