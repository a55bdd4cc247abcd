package io.openuptimes.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** The caller of a request as far as shares are concerned. Set before the handlers of a route run. */
public final class Client {

    private static final String NAME = "client";
    private static final String KNOWN = "client.known";

    private Client() {}

    /**
     * @param name of its key, or its address's network; asked only where something is counted, which a poll need not do
     * @param known whether it has a key or a session
     */
    public static void set(RoutingContext context, Supplier<String> name, boolean known) {
        context.put(NAME, name);
        if (known) {
            context.put(KNOWN, true);
        }
    }

    /** The name under which its shares are counted. */
    public static String name(RoutingContext context) {
        Supplier<String> name = context.get(NAME);
        return name == null ? "unknown" : name.get();
    }

    public static boolean isKnown(RoutingContext context) {
        return context.get(KNOWN) != null;
    }
}
