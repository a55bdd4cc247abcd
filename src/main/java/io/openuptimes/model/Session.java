package io.openuptimes.model;

/**
 * A session of the admin dashboard.
 *
 * @param tokenHash SHA-256 of the cookie's value, hexadecimal
 * @param csrfToken that requests with this cookie must send
 * @param epoch the installation's session epoch at sign-in
 * @param createdAt epoch milliseconds
 * @param expiresAt epoch milliseconds
 */
public record Session(String tokenHash, String csrfToken, long epoch, long createdAt, long expiresAt) {

    @Override
    public String toString() {
        return "Session[createdAt=" + createdAt + "]";
    }
}
