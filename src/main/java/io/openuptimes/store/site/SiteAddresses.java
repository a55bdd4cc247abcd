package io.openuptimes.store.site;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.SiteMessage.CurrentLogo;
import io.openuptimes.bus.SiteMessage.CurrentSite;
import io.openuptimes.bus.SiteMessage.SiteChanged;
import io.openuptimes.model.Site;
import io.openuptimes.store.changes.Commits;
import io.vertx.core.Future;

/** The store's addresses for the site's appearance. */
public final class SiteAddresses {

    private final Bus bus;
    private final SiteStore site;
    private final Commits commits;

    public SiteAddresses(Bus bus, SiteStore site, Commits commits) {
        this.bus = bus;
        this.site = site;
        this.commits = commits;
    }

    /** Other nodes poll within a second. */
    private void told(Site changed) {
        bus.publish(Addresses.SITE_CHANGED, new SiteChanged(changed));
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.GET_SITE, message -> site.site().map(CurrentSite::new)),
                bus.serve(
                        Addresses.CHANGE_SITE,
                        message -> commits.lasting(
                                site.change(message).onSuccess(this::told).map(CurrentSite::new))),
                bus.serve(Addresses.GET_LOGO, message -> site.logo().map(CurrentLogo::new)));
    }
}
