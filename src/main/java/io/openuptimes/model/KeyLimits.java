package io.openuptimes.model;

/**
 * Limits of an API key besides its scope.
 *
 * @param selector services that the key may see and change; {@link LabelSelector#ALL} for all
 * @param expiresAt when the key expires, epoch milliseconds; 0 for never
 * @param rateLimit requests per second, 1 to {@value #MAX_RATE}; 0 for the general limit
 */
public record KeyLimits(LabelSelector selector, long expiresAt, int rateLimit) {

    public static final int MAX_RATE = 1_000_000;

    public static final KeyLimits NONE = new KeyLimits(LabelSelector.ALL, 0, 0);

    /**
     * @param now epoch milliseconds
     */
    public boolean isExpired(long now) {
        return expiresAt != 0 && now >= expiresAt;
    }
}
