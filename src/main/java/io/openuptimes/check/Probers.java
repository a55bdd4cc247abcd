package io.openuptimes.check;

import io.openuptimes.model.Service;
import java.util.Map;

/** Selects the prober by the scheme of the service's URL. */
final class Probers {

    private final Map<String, Prober> byScheme;

    /**
     * @param byScheme must contain {@code http} and {@code https}
     */
    Probers(Map<String, Prober> byScheme) {
        this.byScheme = Map.copyOf(byScheme);
    }

    Prober of(Service service) {
        boolean tls = service.url().regionMatches(true, 0, "https:", 0, 6);
        Prober prober = byScheme.get(tls ? "https" : "http");
        if (prober == null) {
            throw new IllegalStateException("no prober for " + service);
        }
        return prober;
    }
}
