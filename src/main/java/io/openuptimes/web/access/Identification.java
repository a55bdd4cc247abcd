package io.openuptimes.web.access;

import io.openuptimes.model.Session;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.Quota;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the sender of a request within its rate limit. A Bearer credential takes precedence over a cookie.
 * Thread-safe.
 */
final class Identification {

    private final ClientAddress addresses;
    private final RateLimiter requests;
    private final BearerKeys keys;
    private final Sessions sessions;
    private final StrictCookie cookie;

    Identification(
            ClientAddress addresses, RateLimiter requests, BearerKeys keys, Sessions sessions, StrictCookie cookie) {
        this.addresses = addresses;
        this.requests = requests;
        this.keys = keys;
        this.sessions = sessions;
        this.cookie = cookie;
    }

    /**
     * @return fails with a {@link io.openuptimes.web.http.ApiException}: 401 for an invalid credential, 429 beyond a
     *     limit
     */
    Future<Identity> of(RoutingContext context, Guard guard) {
        HttpServerRequest request = context.request();
        String key = bearer(request);
        if (key != null) {
            return keys.identify(key, addresses.of(request), guard.setupToken())
                    .compose(caller -> limited(
                            context, name(caller, request), caller.limits().rateLimit(), new Identity(caller, null)));
        }
        String token = guard.cookies() ? cookie.of(request) : null;
        Future<Identity> anonymous = limited(context, addresses.of(request), 0, Identity.ANONYMOUS);
        return token == null
                ? anonymous
                : anonymous.compose(unknown -> sessions.find(token)
                        .map(found -> found.map(Identity::of).orElse(unknown)));
    }

    /** Identifies the caller by the same credentials again; empty if they have ended. */
    Future<Optional<Identity>> again(HttpServerRequest request, Identity before) {
        boolean anew = !Access.SAFE.contains(request.method());
        if (before.session() != null) {
            String token = cookie.of(request);
            Future<Optional<Session>> found = token == null
                    ? Future.succeededFuture(Optional.empty())
                    : anew ? sessions.findAnew(token) : sessions.find(token);
            return found.map(session -> session.map(Identity::of));
        }
        String key = bearer(request);
        return key == null
                ? Future.succeededFuture(Optional.empty())
                : keys.again(key, anew).map(caller -> caller.map(known -> new Identity(known, null)));
    }

    /** The name that the caller's shares are counted under: its key, or its address's network. */
    String name(Caller caller, HttpServerRequest request) {
        return switch (caller.kind()) {
            case CONFIGURED_KEY -> "configured key";
            case STORED_KEY -> "key " + caller.id();
            default -> addresses.of(request);
        };
    }

    private Future<Identity> limited(RoutingContext context, String client, int ownLimit, Identity identity) {
        Quota quota = requests.take(client, ownLimit);
        if (quota.isExceeded()) {
            return Future.failedFuture(Refusals.tooManyRequests(quota));
        }
        quota.put(context);
        return Future.succeededFuture(identity);
    }

    /** The credential after {@code Bearer}, possibly empty; null without such a header. */
    private static @Nullable String bearer(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer", 0, 6)) {
            return null;
        }
        return header.length() == 6 || header.charAt(6) == ' '
                ? header.substring(6).strip()
                : null;
    }
}
