package io.openuptimes.web.access;

import io.openuptimes.model.Session;

/**
 * A newly started session.
 *
 * @param token the cookie's value, which is not stored
 */
public record StartedSession(String token, Session session) {

    @Override
    public String toString() {
        return "StartedSession[" + session + "]";
    }
}
