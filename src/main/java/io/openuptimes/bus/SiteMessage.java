package io.openuptimes.bus;

import io.openuptimes.model.Logo;
import io.openuptimes.model.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests to the store about the site's appearance, and its answers. */
public sealed interface SiteMessage extends Message {

    Address<GetSite, CurrentSite> GET_SITE = new Address<>("store.site.get");
    Address<ChangeSite, CurrentSite> CHANGE_SITE = new Address<>("store.site.change");
    Address<GetLogo, CurrentLogo> GET_LOGO = new Address<>("store.site.logo");
    Topic<SiteChanged> SITE_CHANGED = new Topic<>("event.site");

    record GetSite() implements SiteMessage {}

    record CurrentSite(Site site) implements SiteMessage {}

    /**
     * Changes the given fields in one step; null fields change nothing. Answered by {@link CurrentSite}.
     *
     * @param accent empty to remove it
     * @param logo {@link Logo#NONE} to remove it
     * @param groupOrder empty to order all groups by name
     */
    record ChangeSite(
            @Nullable String siteName,
            @Nullable String accent,
            @Nullable String footer,
            @Nullable Logo logo,
            @Nullable List<String> groupOrder)
            implements SiteMessage {}

    /** The site's appearance was changed on this node. */
    record SiteChanged(Site site) implements SiteMessage {}

    record GetLogo() implements SiteMessage {}

    /** {@code logo} is null if there is none. */
    record CurrentLogo(@Nullable Logo logo) implements SiteMessage {}
}
