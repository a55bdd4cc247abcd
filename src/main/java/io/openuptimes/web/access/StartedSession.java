package io.openuptimes.web.access;

import io.openuptimes.model.Session;

/**
 * A session that has just begun.
 *
 * @param token the cookie's value, which is not kept
 */
public record StartedSession(String token, Session session) {

    @Override
    public String toString() {
        return "StartedSession[" + session + "]";
    }
}
