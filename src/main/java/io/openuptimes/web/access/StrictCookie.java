package io.openuptimes.web.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A cookie out of reach for scripts and other sites. Over TLS only the prefixed name counts: a plain one, which anybody
 * on the network or a neighbouring domain could have set, is ignored.
 */
final class StrictCookie {

    static final String SESSION = "openuptimes_session";
    static final String BROWSER = "openuptimes_trusted_browser";

    private static final String BASE_PATH = "/";

    private final String name;
    private final ClientAddress addresses;

    /**
     * @param name without a prefix
     * @param addresses knows whether a request came by TLS; then the cookie goes no other way
     */
    StrictCookie(String name, ClientAddress addresses) {
        this.name = name;
        this.addresses = addresses;
    }

    @Nullable
    String of(HttpServerRequest request) {
        Cookie cookie = request.getCookie(CookieName.of(name, addresses.isSecure(request), BASE_PATH));
        return cookie == null ? null : cookie.getValue();
    }

    /** Sets the cookie for as long as the browser runs. */
    void set(RoutingContext context, String value) {
        context.response().addCookie(cookie(context, value));
    }

    /**
     * @param maxAge seconds for which the browser keeps it
     */
    void set(RoutingContext context, String value, long maxAge) {
        context.response().addCookie(cookie(context, value).setMaxAge(maxAge));
    }

    void clear(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    private Cookie cookie(RoutingContext context, String value) {
        boolean secure = addresses.isSecure(context.request());
        return Cookie.cookie(CookieName.of(name, secure, BASE_PATH), value)
                .setPath(BASE_PATH)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(secure);
    }
}
