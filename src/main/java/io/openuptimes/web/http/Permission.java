package io.openuptimes.web.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * The authorization of a request, which can be confirmed again when the request is complete and at each step of a long
 * one: the key may have been revoked or expired, or the session ended, in the meantime.
 */
public final class Permission {

    private static final String KEY = Permission.class.getName();
    private static final Supplier<Future<Void>> ALWAYS = Future::succeededFuture;

    private Permission() {}

    /**
     * @param confirm fails if the authorization has ended
     */
    public static void put(RoutingContext context, Supplier<Future<Void>> confirm) {
        context.put(KEY, confirm);
    }

    /**
     * Confirms the authorization. A recent check is reused unless credentials may have ended.
     *
     * @return completes on the caller's context; fails with an {@link ApiException} 401 if the authorization has ended,
     *     or with the store's failure if that cannot be determined
     */
    public static Future<Void> confirm(RoutingContext context) {
        return of(context).get();
    }

    /** {@link #confirm} for steps without access to the request; callable on any context. */
    public static Supplier<Future<Void>> of(RoutingContext context) {
        Supplier<Future<Void>> confirm = context.get(KEY);
        return confirm == null ? ALWAYS : confirm;
    }
}
