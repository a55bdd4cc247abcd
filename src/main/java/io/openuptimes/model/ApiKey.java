package io.openuptimes.model;

/**
 * A stored API key; the key itself is never stored.
 *
 * @param id part of the key, not secret
 * @param name chosen by its creator
 * @param scope permissions
 * @param limits on services, time and rate
 * @param prefix first characters of the key, which let its owner recognize it
 * @param hash SHA-256 of the whole key, hexadecimal
 * @param createdAt epoch milliseconds
 * @param lastUsed epoch milliseconds, to the minute; 0 if never
 */
public record ApiKey(
        String id,
        String name,
        Scope scope,
        KeyLimits limits,
        String prefix,
        String hash,
        long createdAt,
        long lastUsed) {

    @Override
    public String toString() {
        return "ApiKey[" + id + " " + scope.word() + "]";
    }
}
