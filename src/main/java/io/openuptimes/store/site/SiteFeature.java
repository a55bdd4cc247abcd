package io.openuptimes.store.site;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.SiteMessage;
import io.openuptimes.bus.SiteMessage.CurrentLogo;
import io.openuptimes.bus.SiteMessage.CurrentSite;
import io.openuptimes.bus.SiteMessage.SiteChanged;
import io.openuptimes.model.Site;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;

/** The site's appearance: serves {@link SiteStore}. */
public final class SiteFeature implements Feature {

    private final Bus bus;
    private final SiteStore site;
    private final Commits commits;

    public SiteFeature(StoreContext store) {
        this.bus = store.bus();
        this.site = new SiteStore(store.link(), store.commits());
        this.commits = store.commits();
    }

    /** Other nodes poll within a second. */
    private void told(Site changed) {
        bus.publish(SiteMessage.SITE_CHANGED, new SiteChanged(changed));
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.serve(SiteMessage.GET_SITE, message -> site.site().map(CurrentSite::new)),
                bus.serve(
                        SiteMessage.CHANGE_SITE,
                        message -> commits.lasting(
                                site.change(message).onSuccess(this::told).map(CurrentSite::new))),
                bus.serve(SiteMessage.GET_LOGO, message -> site.logo().map(CurrentLogo::new)));
    }
}
