package io.openuptimes.web.access;

import io.openuptimes.model.Scope;
import io.openuptimes.model.Session;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The caller of a request, and its session if it was identified by one. */
record Identity(Caller caller, @Nullable Session session) {

    static final Identity ANONYMOUS = new Identity(Caller.ANONYMOUS, null);

    /** Whether it is the same caller with the same rights; the session may have been extended. */
    boolean isSameAs(Identity other) {
        return caller.equals(other.caller()) && Objects.equals(tokenHash(), other.tokenHash());
    }

    private @Nullable String tokenHash() {
        return session == null ? null : session.tokenHash();
    }

    static Identity of(Session session) {
        return new Identity(new Caller(Caller.Kind.SESSION, "session", Scope.ADMIN), session);
    }
}
