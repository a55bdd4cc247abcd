package io.openuptimes.web.access;

import io.openuptimes.model.Scope;
import io.openuptimes.model.Session;
import org.jspecify.annotations.Nullable;

/** Who makes a request, and the session by which we know, if it is by one. */
record Identity(Caller caller, @Nullable Session session) {

    static final Identity ANONYMOUS = new Identity(Caller.ANONYMOUS, null);

    /** Whether it is the same caller with the same rights; a session may have been prolonged. */
    boolean isSameAs(Identity other) {
        Session mine = session;
        Session theirs = other.session();
        return caller.equals(other.caller())
                && (mine == null || theirs == null
                        ? mine == theirs
                        : mine.tokenHash().equals(theirs.tokenHash()));
    }

    static Identity of(Session session) {
        return new Identity(new Caller(Caller.Kind.SESSION, "session", Scope.ADMIN), session);
    }
}
