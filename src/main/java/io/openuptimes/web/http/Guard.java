package io.openuptimes.web.http;

import io.openuptimes.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A route's access requirements.
 *
 * @param scope required scope; null for none
 * @param cookies whether session cookies are accepted, which then require their CSRF token
 * @param setupToken whether the setup token is accepted
 * @param callers whether callers are identified and rate-limited
 * @param confined whether keys that are limited to some services are accepted, because the handler limits itself to
 *     those services; without a scope they always are
 * @param acts whether a GET changes something, so that a cookie needs its CSRF token for it too
 * @param personal whether the response is about the caller even though no scope is required
 */
public record Guard(
        @Nullable Scope scope,
        boolean cookies,
        boolean setupToken,
        boolean callers,
        boolean confined,
        boolean acts,
        boolean personal) {

    /** Probes: other requests from the same address must not make a healthy process look dead. */
    public static final Guard NONE = new Guard(null, false, false, false, false, false, false);

    /** Public. */
    public static final Guard OPEN = new Guard(null, true, false, true, false, false, false);

    /** Public, but about the caller: pages of other origins must not read the response. */
    public static final Guard PERSONAL = new Guard(null, true, false, true, false, false, true);

    /** Public. Ignores a cookie left over from an earlier session, which saves a lookup in the store. */
    public static final Guard WITHOUT_COOKIES = new Guard(null, false, false, true, false, false, false);

    /** Public. Accepts the setup token, so that its holder can check it. */
    public static final Guard OPEN_TO_SETUP = new Guard(null, true, true, true, false, false, false);

    /** Completing the setup: requires the setup token or the admin scope. */
    public static final Guard SETUP = new Guard(Scope.ADMIN, true, true, true, false, false, false);

    public static Guard scope(Scope scope) {
        return new Guard(scope, true, false, true, false, false, false);
    }

    /** Like {@link #scope}, for a handler that limits itself to the services that the caller can see. */
    public static Guard confined(Scope scope) {
        return new Guard(scope, true, false, true, true, false, false);
    }

    /** Whether reads are public. */
    public boolean isPublic() {
        return scope == null && !personal;
    }

    /** A copy for an operation that changes something, whatever its method. */
    public Guard acting() {
        return new Guard(scope, cookies, setupToken, callers, confined, true, personal);
    }
}
