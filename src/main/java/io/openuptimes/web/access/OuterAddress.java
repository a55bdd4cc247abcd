package io.openuptimes.web.access;

import io.openuptimes.web.http.Mount;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/** The address at which a caller sees this server, as far as trusted proxies tell. */
final class OuterAddress implements Mount.Outside {

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

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

    @Override
    public String origin(HttpServerRequest request) {
        String forwarded = addresses.host(request);
        HostAndPort asked = request.authority();
        String host = forwarded.isEmpty() && asked != null ? asked.toString() : forwarded;
        return HOST.matcher(host).matches() ? (addresses.isSecure(request) ? "https://" : "http://") + host : "";
    }
}
