package io.openuptimes.web.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * The right by which a request was let in, to be looked at again when the request is complete and at each step of a long
 * one: a key may have been revoked or have expired, a session may have ended meanwhile.
 */
public final class Permission {

    private static final String KEY = Permission.class.getName();
    private static final Supplier<Future<Void>> ALWAYS = Future::succeededFuture;

    private Permission() {}

    /**
     * @param confirm fails where the right has ended
     */
    public static void put(RoutingContext context, Supplier<Future<Void>> confirm) {
        context.put(KEY, confirm);
    }

    /**
     * Looks at the right again, which costs nothing while nothing suggests that it ended.
     *
     * @return on the caller's context; fails with an {@link ApiException} 401 if the right has ended, or with the store's
     *     failure where that cannot be found out
     */
    public static Future<Void> confirm(RoutingContext context) {
        return of(context).get();
    }

    /** {@link #confirm} for steps that do not know the request; callable on any context. */
    public static Supplier<Future<Void>> of(RoutingContext context) {
        Supplier<Future<Void>> confirm = context.get(KEY);
        return confirm == null ? ALWAYS : confirm;
    }
}
