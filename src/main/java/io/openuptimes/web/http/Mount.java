package io.openuptimes.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.Shareable;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/**
 * Where a caller sees the service: the path in front of all its addresses, such as {@code /uptime}; empty at the root.
 * It is the prefix that a trusted proxy has stripped, followed by the base path.
 *
 * <p>There is one for a Vert.x instance. Thread-safe.
 */
public final class Mount implements Shareable {

    private static final String NAME = Mount.class.getName();
    private static final Mount ROOT = new Mount("", request -> "");

    private final String basePath;
    private final Function<HttpServerRequest, String> prefix;

    /**
     * @param basePath below which this process serves, such as {@code /uptime}; empty for the root
     * @param prefix that trusted proxies have stripped from a request's path; one of few values, empty for none
     */
    public Mount(String basePath, Function<HttpServerRequest, String> prefix) {
        this.basePath = basePath;
        this.prefix = prefix;
    }

    /** To be called before anything is answered; until then everything is at the root. */
    public static void install(Vertx vertx, Mount mount) {
        vertx.sharedData().<String, Mount>getLocalMap(NAME).put(NAME, mount);
    }

    /** The path in front of all addresses in the answer to that request; never ends with a slash. */
    public static String of(RoutingContext context) {
        return context.vertx()
                .sharedData()
                .<String, Mount>getLocalMap(NAME)
                .getOrDefault(NAME, ROOT)
                .of(context.request());
    }

    /** As {@link #of(RoutingContext)}. */
    public String of(HttpServerRequest request) {
        return prefix.apply(request) + basePath;
    }
}
