package io.openuptimes.web.access;

import io.openuptimes.web.http.Mount;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Set;

/** The path prefix stripped by trusted proxies, if it is an allowed one. */
final class OuterAddress implements Mount.Outside {

    private final ClientAddress addresses;
    private final Set<String> prefixes;

    /**
     * @param prefixes that proxies may strip; none ends with a slash
     */
    OuterAddress(ClientAddress addresses, Collection<String> prefixes) {
        this.addresses = addresses;
        this.prefixes = Set.copyOf(prefixes);
    }

    /** Ignores any other prefix, since it would end up in pages that caches store. */
    @Override
    public String prefix(HttpServerRequest request) {
        if (prefixes.isEmpty()) {
            return "";
        }
        String given = addresses.prefix(request);
        String prefix = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
        return prefixes.contains(prefix) ? prefix : "";
    }
}
