package io.openuptimes.web.access;

import io.openuptimes.web.http.Mount;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Set;

/** The path that trusted proxies strip from what a caller asks for, as far as it is allowed. */
final class OuterAddress implements Mount.Outside {

    private final ClientAddress addresses;
    private final Set<String> prefixes;

    /**
     * @param prefixes that proxies may strip, none of which ends with a slash
     */
    OuterAddress(ClientAddress addresses, Collection<String> prefixes) {
        this.addresses = addresses;
        this.prefixes = Set.copyOf(prefixes);
    }

    /** Any other prefix does not count: it would stand in pages that caches keep. */
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
