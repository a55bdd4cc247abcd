package io.openuptimes.web.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * A client's remaining requests, as reported in {@code RateLimit-*}.
 *
 * @param limit burst size, in requests
 * @param remaining requests left of it
 * @param resetSeconds until the full burst is available again, at least 1
 * @param retryAfterSeconds until the next request is allowed; 0 if this one is
 */
public record Quota(int limit, int remaining, int resetSeconds, int retryAfterSeconds) {

    /** No limit; responses do not mention it. */
    public static final Quota NONE = new Quota(0, 0, 0, 0);

    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit-Limit");
    private static final CharSequence REMAINING = HttpHeaders.createOptimized("RateLimit-Remaining");
    private static final CharSequence RESET = HttpHeaders.createOptimized("RateLimit-Reset");

    /** Preformatted numbers: every poll needs three, mostly small ones. */
    private static final CharSequence[] NUMBERS = numbers(1_000);

    public boolean isExceeded() {
        return retryAfterSeconds > 0;
    }

    /** Adds the quota to the response, unless that already reports another limit. */
    public void put(RoutingContext context) {
        if (limit > 0) {
            // as late as possible: until then the response shares its headers
            context.addHeadersEndHandler(end -> put(context.response().headers()));
        }
    }

    private void put(MultiMap headers) {
        if (!headers.contains(LIMIT)) {
            headers.set(LIMIT, number(limit)).set(REMAINING, number(remaining)).set(RESET, number(resetSeconds));
        }
    }

    /** Headers for the response to a rejected request. */
    public Map<String, String> headersOfRefusal() {
        return Map.of(
                "Retry-After",
                Integer.toString(retryAfterSeconds),
                LIMIT.toString(),
                Integer.toString(limit),
                REMAINING.toString(),
                Integer.toString(remaining),
                RESET.toString(),
                Integer.toString(resetSeconds));
    }

    private static CharSequence number(int value) {
        return value < NUMBERS.length ? NUMBERS[value] : Integer.toString(value);
    }

    private static CharSequence[] numbers(int count) {
        CharSequence[] numbers = new CharSequence[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = HttpHeaders.createOptimized(Integer.toString(i));
        }
        return numbers;
    }
}
