package io.openuptimes.web.access;

import io.openuptimes.model.Scope;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Quota;
import java.util.Map;

/** Error responses for rejected callers. */
final class Refusals {

    private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

    private Refusals() {}

    static ApiException missing() {
        return new ApiException(401, "Missing credentials: send a key as Authorization: Bearer KEY", CHALLENGE);
    }

    static ApiException invalid() {
        return new ApiException(401, "Invalid credentials", CHALLENGE);
    }

    static ApiException expired() {
        return new ApiException(401, "This key has expired", CHALLENGE);
    }

    /** For credentials that were valid when the request began. */
    static ApiException ended() {
        return new ApiException(401, "The credentials expired or were revoked during the request", CHALLENGE);
    }

    static ApiException confined() {
        return new ApiException(403, "This key may not do this; it is limited to services with certain labels");
    }

    static ApiException scope(Scope needed) {
        return new ApiException(403, "This key may not do this; it requires the scope " + needed.word());
    }

    static ApiException csrf() {
        return new ApiException(403, Access.CSRF_HEADER + ": missing or wrong");
    }

    static ApiException tooManyRequests(Quota quota) {
        return tooMany("Too many requests", quota);
    }

    static ApiException tooManyFailures(int seconds) {
        return tooMany(
                "Too many failed credentials from this address",
                new Quota(Access.FAILURES_A_MINUTE, 0, seconds, seconds));
    }

    private static ApiException tooMany(String message, Quota quota) {
        return new ApiException(429, message, quota.headersOfRefusal());
    }
}
