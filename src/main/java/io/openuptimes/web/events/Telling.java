package io.openuptimes.web.events;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one audience is told of an event. Belongs to one event loop. */
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

    /** That a service is in some state now, under a name. */
    static Telling ofState(String name, Supplier<String> render) {
        return new Telling(name, false, render);
    }

    /** That a service is gone, which had a name. */
    static Telling ofRemoval(String name, Supplier<String> render) {
        return new Telling(name, true, render);
    }

    String name() {
        return name;
    }

    boolean isRemoval() {
        return removal;
    }

    /** The lines of the event but for its id and the empty one at its end; rendered once. */
    String text() {
        String made = text;
        if (made == null) {
            made = render.get();
            text = made;
        }
        return made;
    }
}
