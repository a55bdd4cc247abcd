package io.openuptimes.model;

/**
 * An API key as it is kept: never the key itself.
 *
 * @param id names the key; part of it, no secret
 * @param name given by its maker
 * @param scope what it may do
 * @param limits on services, time and rate
 * @param prefix the first characters of the key, by which its owner knows it again
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
