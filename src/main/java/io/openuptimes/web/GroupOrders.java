package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.SiteMessage;
import io.openuptimes.bus.SiteMessage.GetSite;
import io.openuptimes.model.Site;
import io.openuptimes.web.board.GroupOrder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Caches the store's group order. A change on this node takes effect at once, a change on another node within a second.
 * If the store is slow or unreachable, the last known order applies. Belongs to one event loop.
 */
final class GroupOrders {

    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(900);
    private static final long PATIENCE_MS = 250;

    private final Vertx vertx;
    private final Bus bus;
    private GroupOrder known = GroupOrder.BY_NAME;
    private long knownAt = System.nanoTime();
    private long freshUntil = knownAt;
    private @Nullable Promise<GroupOrder> asking;

    GroupOrders(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    Future<Void> start() {
        return bus.listen(SiteMessage.SITE_CHANGED, event -> learn(event.site(), System.nanoTime()));
    }

    /** Never fails, and takes at most {@value #PATIENCE_MS} ms. */
    Future<GroupOrder> current() {
        long now = System.nanoTime();
        if (now - freshUntil < 0) {
            return Future.succeededFuture(known);
        }
        Promise<GroupOrder> underWay = asking;
        return underWay == null ? ask(now) : underWay.future();
    }

    private Future<GroupOrder> ask(long now) {
        Promise<GroupOrder> asked = Promise.promise();
        asking = asked;
        long timer = vertx.setTimer(PATIENCE_MS, passed -> settle(asked, now));
        bus.request(SiteMessage.GET_SITE, new GetSite(), TimeUnit.NANOSECONDS.toMillis(FRESH))
                .onSuccess(answer -> {
                    if (now - knownAt > 0) { // no newer change was published meanwhile
                        learn(answer.site(), now);
                    }
                })
                .onComplete(ended -> {
                    vertx.cancelTimer(timer);
                    settle(asked, now);
                });
        return asked.future();
    }

    private void learn(Site site, long at) {
        if (!known.isOf(site.groupOrder())) {
            known = GroupOrder.of(site.groupOrder());
        }
        knownAt = at;
        freshUntil = at + FRESH;
    }

    /** After a failed or slow request, the store is not asked again for the same period either. */
    private void settle(Promise<GroupOrder> asked, long at) {
        if (asking == asked) {
            asking = null;
            freshUntil = Math.max(freshUntil, at + FRESH);
            asked.complete(known);
        }
    }
}
