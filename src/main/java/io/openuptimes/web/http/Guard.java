package io.openuptimes.web.http;

import io.openuptimes.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of its callers.
 *
 * @param scope what they need; null for nothing
 * @param cookies whether a session's cookie counts; with it goes the demand for its CSRF token
 * @param setupToken whether the set-up token counts
 * @param callers whether it matters who calls and how often; false for neither a rate limit nor credentials
 * @param confined whether keys that are limited to some services may come, because the handler keeps to these; without
 *     a scope they may in any case
 * @param acts whether a GET changes something, so that a cookie needs its CSRF token for it too
 * @param personal whether the answer is about the caller even where nothing is asked of it
 */
public record Guard(
        @Nullable Scope scope,
        boolean cookies,
        boolean setupToken,
        boolean callers,
        boolean confined,
        boolean acts,
        boolean personal) {

    /** Probes: what others do at the same address must not make a healthy process look dead. */
    public static final Guard NONE = new Guard(null, false, false, false, false, false, false);

    /** Everybody. */
    public static final Guard OPEN = new Guard(null, true, false, true, false, false, false);

    /** Everybody, about themselves: no page of another origin may have the answer. */
    public static final Guard PERSONAL = new Guard(null, true, false, true, false, false, true);

    /** Everybody, whatever cookie is left from an earlier sign-in; so the store is not asked about one. */
    public static final Guard WITHOUT_COOKIES = new Guard(null, false, false, true, false, false, false);

    /** Everybody; the set-up token counts, so that its holder learns whether it is right. */
    public static final Guard OPEN_TO_SETUP = new Guard(null, true, true, true, false, false, false);

    /** Who may complete the set-up: the holder of the set-up token, or an admin. */
    public static final Guard SETUP = new Guard(Scope.ADMIN, true, true, true, false, false, false);

    public static Guard scope(Scope scope) {
        return new Guard(scope, true, false, true, false, false, false);
    }

    /** As {@link #scope}, and the handler keeps to the services that the caller sees. */
    public static Guard confined(Scope scope) {
        return new Guard(scope, true, false, true, true, false, false);
    }

    /** Whether anybody may have what is read there. */
    public boolean isPublic() {
        return scope == null && !personal;
    }

    /** The same for an operation that acts, whatever its method. */
    public Guard acting() {
        return new Guard(scope, cookies, setupToken, callers, confined, true, personal);
    }
}
