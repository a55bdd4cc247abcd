package io.openuptimes.web.access;

import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;

/**
 * Which services a caller sees.
 *
 * @param withHidden whether hidden ones are among them
 * @param within the services that the caller's key is confined to; {@link LabelSelector#ALL} for no such limit
 */
public record Sight(boolean withHidden, LabelSelector within) {

    public static final Sight EVERYTHING = new Sight(true, LabelSelector.ALL);
    public static final Sight PUBLIC = new Sight(false, LabelSelector.ALL);

    public boolean sees(Service service) {
        return (withHidden || service.visible()) && within.matches(service.labels());
    }

    /** Whether the caller's key is confined to some services. */
    public boolean isConfined() {
        return !within.isAll();
    }
}
