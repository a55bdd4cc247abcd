package io.openuptimes.web.access;

import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;

/**
 * The services that a caller can see.
 *
 * @param withHidden whether hidden services are included
 * @param within selector that the caller's key is limited to; {@link LabelSelector#ALL} for no limit
 */
public record Sight(boolean withHidden, LabelSelector within) {

    public static final Sight EVERYTHING = new Sight(true, LabelSelector.ALL);
    public static final Sight PUBLIC = new Sight(false, LabelSelector.ALL);

    public boolean sees(Service service) {
        return (withHidden || service.visible()) && within.matches(service.labels());
    }

    /** Whether the caller's key is limited to some services. */
    public boolean isConfined() {
        return !within.isAll();
    }
}
