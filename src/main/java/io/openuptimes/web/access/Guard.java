package io.openuptimes.web.access;

import io.openuptimes.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of its callers.
 *
 * @param scope what they need; null for nothing
 * @param cookies whether a session's cookie counts; with it goes the demand for its CSRF token
 * @param setupToken whether the set-up token counts
 */
public record Guard(@Nullable Scope scope, boolean cookies, boolean setupToken) {

    /** Everybody. */
    public static final Guard OPEN = new Guard(null, true, false);

    /** Everybody, whatever cookie is left from an earlier sign-in. */
    public static final Guard SIGN_IN = new Guard(null, false, false);

    /** Who may complete the set-up: the holder of the set-up token, or an admin. */
    public static final Guard SETUP = new Guard(Scope.ADMIN, true, true);

    public static Guard scope(Scope scope) {
        return new Guard(scope, true, false);
    }
}
