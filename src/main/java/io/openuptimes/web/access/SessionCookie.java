package io.openuptimes.web.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The cookie of a session: out of reach for scripts and other sites, and gone with the browser at the latest. */
final class SessionCookie {

    static final String NAME = "openuptimes_session";

    private final ClientAddress addresses;

    /**
     * @param addresses knows whether a request came by TLS; then the cookie goes no other way
     */
    SessionCookie(ClientAddress addresses) {
        this.addresses = addresses;
    }

    @Nullable
    String of(HttpServerRequest request) {
        Cookie cookie = request.getCookie(NAME);
        return cookie == null ? null : cookie.getValue();
    }

    void set(RoutingContext context, String token) {
        context.response().addCookie(cookie(context, token));
    }

    void clear(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    private Cookie cookie(RoutingContext context, String value) {
        return Cookie.cookie(NAME, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(addresses.isSecure(context.request()));
    }
}
