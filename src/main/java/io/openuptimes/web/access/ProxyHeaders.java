package io.openuptimes.web.access;

import io.openuptimes.config.Settings.ForwardingHeaders;
import io.vertx.core.MultiMap;
import java.util.List;

/**
 * A family of headers in which proxies describe the original request. Only one family is read: proxies set their own,
 * and pass on whatever a client sent in the others.
 */
interface ProxyHeaders {

    static ProxyHeaders of(ForwardingHeaders family) {
        return family == ForwardingHeaders.FORWARDED ? new Forwarded() : new XForwarded();
    }

    /** Nearest proxy first; anything forged by a client comes after what proxies added. */
    List<ProxyHop> hops(MultiMap headers);

    /** The path prefix that the nearest proxy has stripped; empty for none. */
    String prefix(MultiMap headers);
}
