package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
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

    private static final String KEY = Quota.class.getName();

    /** Every poll has three, and most are small. */
    private static final CharSequence[] NUMBERS = numbers(1_000);

    public boolean isExceeded() {
        return retryAfterSeconds > 0;
    }

    /** Has the request's answer say it. */
    public void put(RoutingContext context) {
        if (limit > 0) {
            context.put(KEY, this);
            put(context.response());
        }
    }

    /** Puts it on an answer whose headers have been replaced. */
    static void putAgain(RoutingContext context) {
        Quota quota = context.get(KEY);
        if (quota != null) {
            quota.put(context.response());
        }
    }

    private void put(HttpServerResponse response) {
        response.putHeader(LIMIT, number(limit))
                .putHeader(REMAINING, number(remaining))
                .putHeader(RESET, number(resetSeconds));
    }

    /** Of the answer to a request that may not go on. */
    public Map<String, String> headersOfRefusal() {
        return Map.of(
                "Retry-After", Integer.toString(retryAfterSeconds),
                LIMIT.toString(), Integer.toString(limit),
                REMAINING.toString(), Integer.toString(remaining),
                RESET.toString(), Integer.toString(resetSeconds));
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
