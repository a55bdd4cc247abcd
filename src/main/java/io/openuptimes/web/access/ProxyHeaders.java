package io.openuptimes.web.access;

import io.openuptimes.config.Settings.ForwardingHeaders;
import io.vertx.core.MultiMap;
import java.util.List;

/**
 * A family of headers by which proxies tell of the original request. Only one is read: proxies set theirs, and pass on
 * whatever a client sent of the others.
 */
interface ProxyHeaders {

    static ProxyHeaders of(ForwardingHeaders family) {
        return family == ForwardingHeaders.FORWARDED ? new Forwarded() : new XForwarded();
    }

    /** Nearest proxy first; what clients made up comes after what proxies know. */
    List<Hop> hops(MultiMap headers);

    /** The path that the nearest proxy has stripped from the request's; empty for none. */
    String prefix(MultiMap headers);
}
