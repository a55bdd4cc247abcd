package io.openuptimes.web.events;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event as one audience sees it. Belongs to one event loop. */
final class Telling {

    private final String name;
    private final boolean removal;
    private final Supplier<String> render;
    private @Nullable String text;

    private Telling(String name, boolean removal, Supplier<String> render) {
        this.name = name;
        this.removal = removal;
        this.render = render;
    }

    /** A service's current state, and its name. */
    static Telling ofState(String name, Supplier<String> render) {
        return new Telling(name, false, render);
    }

    /** The removal of a service with this name. */
    static Telling ofRemoval(String name, Supplier<String> render) {
        return new Telling(name, true, render);
    }

    String name() {
        return name;
    }

    boolean isRemoval() {
        return removal;
    }

    /** The lines of the event without its ID and the final empty line; rendered once. */
    String text() {
        String made = text;
        if (made == null) {
            made = render.get();
            text = made;
        }
        return made;
    }
}
