package io.openuptimes.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.Shareable;
import io.vertx.ext.web.RoutingContext;

/**
 * The path prefix of all the service's URLs as its callers see them, such as {@code /uptime}; empty at the root. It is
 * the prefix stripped by a trusted proxy, followed by the base path.
 *
 * <p>One per Vert.x instance. Thread-safe.
 */
public final class Mount implements Shareable {

    /** Determines the prefix that precedes this server. Thread-safe. */
    @FunctionalInterface
    public interface Outside {

        /** The prefix that a trusted proxy stripped from the path; one of a few values, empty for none. */
        String prefix(HttpServerRequest request);
    }

    private static final String NAME = Mount.class.getName();

    private static final Mount ROOT = new Mount("", request -> "");

    private final String basePath;
    private final Outside outside;

    /**
     * @param basePath this process's base path, such as {@code /uptime}; empty for the root
     */
    public Mount(String basePath, Outside outside) {
        this.basePath = basePath;
        this.outside = outside;
    }

    /** Call this before the first response; the default is the root. */
    public static Mount install(Vertx vertx, Mount mount) {
        vertx.sharedData().<String, Mount>getLocalMap(NAME).put(NAME, mount);
        return mount;
    }

    private static Mount installed(RoutingContext context) {
        return context.vertx().sharedData().<String, Mount>getLocalMap(NAME).getOrDefault(NAME, ROOT);
    }

    /** The prefix of all URLs in the response to this request; never ends with a slash. */
    public static String of(RoutingContext context) {
        return installed(context).of(context.request());
    }

    /** Like {@link #of(RoutingContext)}. */
    public String of(HttpServerRequest request) {
        return outside.prefix(request) + basePath;
    }

    /** The request's path below the base path, as sent. */
    public static String pathBelow(RoutingContext context) {
        return context.request().path().substring(installed(context).basePath.length());
    }
}
