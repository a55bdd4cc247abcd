package io.openuptimes.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** Identifies a request's caller for counting shares. Set before a route's handlers run. */
public final class Client {

    private static final String NAME = "client";
    private static final String KNOWN = "client.known";

    private Client() {}

    /**
     * @param name the key's name or the address's network; computed only when something is counted, so most polls skip
     *     it
     * @param known whether the caller has a key or a session
     */
    public static void set(RoutingContext context, Supplier<String> name, boolean known) {
        context.put(NAME, name);
        if (known) {
            context.put(KNOWN, true);
        }
    }

    /** The name that the caller's shares are counted under. */
    public static String name(RoutingContext context) {
        Supplier<String> name = context.get(NAME);
        return name == null ? "unknown" : name.get();
    }

    public static boolean isKnown(RoutingContext context) {
        return context.get(KNOWN) != null;
    }
}
