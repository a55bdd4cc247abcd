package io.openuptimes.web.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * What a client may still send, as answers say in {@code RateLimit-*}.
 *
 * @param limit requests at once
 * @param remaining of those, now
 * @param resetSeconds until all of them are there again, at least 1
 * @param retryAfterSeconds until there is one where there is none; 0 where this request may go on
 */
public record Quota(int limit, int remaining, int resetSeconds, int retryAfterSeconds) {

    /** Of a client without a limit; answers say nothing of it. */
    public static final Quota NONE = new Quota(0, 0, 0, 0);

    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit-Limit");
    private static final CharSequence REMAINING = HttpHeaders.createOptimized("RateLimit-Remaining");
    private static final CharSequence RESET = HttpHeaders.createOptimized("RateLimit-Reset");

    /** Every poll has three, and most are small. */
    private static final CharSequence[] NUMBERS = numbers(1_000);

    public boolean isExceeded() {
        return retryAfterSeconds > 0;
    }

    /** Has the request's answer say it, unless that tells of another limit. */
    public void put(RoutingContext context) {
        if (limit > 0) {
            // as late as possible: until then a response shares its headers with others
            context.addHeadersEndHandler(end -> put(context.response().headers()));
        }
    }

    private void put(MultiMap headers) {
        if (!headers.contains(LIMIT)) {
            headers.set(LIMIT, number(limit)).set(REMAINING, number(remaining)).set(RESET, number(resetSeconds));
        }
    }

    /** Of the answer to a request that may not go on. */
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
