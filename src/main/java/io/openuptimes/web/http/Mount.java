package io.openuptimes.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.Shareable;
import io.vertx.ext.web.RoutingContext;

/**
 * Where a caller sees the service: the path in front of all its addresses, such as {@code /uptime}; empty at the root.
 * It is the prefix that a trusted proxy has stripped, followed by the base path.
 *
 * <p>There is one for a Vert.x instance. Thread-safe.
 */
public final class Mount implements Shareable {

    /** What is in front of this server. Thread-safe. */
    @FunctionalInterface
    public interface Outside {

        /** The path that a trusted proxy has stripped from the request's; one of few values, empty for none. */
        String prefix(HttpServerRequest request);
    }

    private static final String NAME = Mount.class.getName();

    private static final Mount ROOT = new Mount("", request -> "");

    private final String basePath;
    private final Outside outside;

    /**
     * @param basePath below which this process serves, such as {@code /uptime}; empty for the root
     */
    public Mount(String basePath, Outside outside) {
        this.basePath = basePath;
        this.outside = outside;
    }

    /** To be called before anything is answered; without it, the service is seen at the root. */
    public static Mount install(Vertx vertx, Mount mount) {
        vertx.sharedData().<String, Mount>getLocalMap(NAME).put(NAME, mount);
        return mount;
    }

    private static Mount installed(RoutingContext context) {
        return context.vertx().sharedData().<String, Mount>getLocalMap(NAME).getOrDefault(NAME, ROOT);
    }

    /** The path in front of all addresses in the answer to that request; never ends with a slash. */
    public static String of(RoutingContext context) {
        return installed(context).of(context.request());
    }

    /** As {@link #of(RoutingContext)}. */
    public String of(HttpServerRequest request) {
        return outside.prefix(request) + basePath;
    }

    /** The request's path, as it was sent, below the base path. */
    public static String pathBelow(RoutingContext context) {
        return context.request().path().substring(installed(context).basePath.length());
    }
}
