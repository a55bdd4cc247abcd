package io.openuptimes.web.access;

import io.openuptimes.web.http.Mount;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that scripts, other sites and other services on the host cannot access. Over TLS only the prefixed name
 * counts: a plain one could have been set by anybody on the network or by a neighbouring domain, so it is ignored.
 *
 * <p>A browser sends the cookies of a path and of all its parent paths, longest path first, and the first one of a name
 * counts. So two services, at {@code /} and at {@code /uptime}, each get their own.
 */
final class StrictCookie {

    static final String SESSION = "openuptimes_session";
    static final String BROWSER = "openuptimes_trusted_browser";

    private final String name;
    private final ClientAddress addresses;
    private final Mount mount;

    /**
     * @param name without a prefix
     * @param addresses tells whether a request used TLS; if so, the cookie is limited to TLS
     * @param mount path that browsers send it to
     */
    StrictCookie(String name, ClientAddress addresses, Mount mount) {
        this.name = name;
        this.addresses = addresses;
        this.mount = mount;
    }

    @Nullable
    String of(HttpServerRequest request) {
        Cookie cookie = request.getCookie(CookieName.of(name, addresses.isSecure(request), path(request)));
        return cookie == null ? null : cookie.getValue();
    }

    /** Sets the cookie until the browser is closed. */
    void set(RoutingContext context, String value) {
        context.response().addCookie(cookie(context, value));
    }

    /**
     * @param maxAge lifetime in seconds
     */
    void set(RoutingContext context, String value, long maxAge) {
        context.response().addCookie(cookie(context, value).setMaxAge(maxAge));
    }

    void clear(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    private Cookie cookie(RoutingContext context, String value) {
        boolean secure = addresses.isSecure(context.request());
        String path = path(context.request());
        return Cookie.cookie(CookieName.of(name, secure, path), value)
                .setPath(path)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(secure);
    }

    private String path(HttpServerRequest request) {
        String path = mount.of(request);
        return path.isEmpty() ? "/" : path;
    }
}
