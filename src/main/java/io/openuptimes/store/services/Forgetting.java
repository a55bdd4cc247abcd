package io.openuptimes.store.services;

import io.openuptimes.model.Locations;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the data of deleted services, and of locations that a service no longer has, after the restore period.
 */
public final class Forgetting {

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);

    private static final int FORGET_BATCH = 100;

    private final Link link;
    private final ChangeTurns turns;
    private final ServiceStore services;
    private final ServiceLoader loader;
    private final ForgetList listed;
    private final Function<Past, Future<Void>> forgetPast;
    private final Clock clock;

    /**
     * @param forgetPast removes a service's history for good
     * @param clock tells the time of day
     */
    public Forgetting(
            Link link,
            ChangeTurns turns,
            ServiceStore services,
            ServiceLoader loader,
            Function<Past, Future<Void>> forgetPast,
            Clock clock) {
        this.link = link;
        this.turns = turns;
        this.services = services;
        this.loader = loader;
        this.listed = new ForgetList(link);
        this.forgetPast = forgetPast;
        this.clock = clock;
    }

    /** Removes what can no longer be restored. If another node is changing services, the next run does it. */
    public Future<Void> forget() {
        return listed.due(clock.millis(), FORGET_BATCH).compose(members -> {
            Future<Void> forgotten = Future.succeededFuture();
            for (String member : members) {
                forgotten = forgotten.compose(before -> turns.inTurn(() -> forget(member)));
            }
            return members.size() < FORGET_BATCH ? forgotten : forgotten.compose(some -> forget());
        });
    }

    private Future<Void> forget(String member) {
        Past past;
        try {
            past = Past.decode(member);
        } catch (IllegalArgumentException e) {
            log.error("an entry of the list of deleted services cannot be read, and is dropped: {}", e.getMessage());
            return listed.remove(member);
        }
        if (Locations.isIdAt(past.serviceId())) {
            return forgetLocation(past).compose(removed -> listed.remove(member));
        }
        return link.send(Script.FORGET_SERVICE
                        .call(3)
                        .arg(Keys.services(Keys.partition(past.serviceId())))
                        .arg(Keys.deleted(past.serviceId()))
                        .arg(Keys.closed(Keys.partition(past.serviceId())))
                        .arg("")
                        .arg(past.serviceId()))
                .compose(gone ->
                        gone != null && gone.toInteger() == 1 ? forgetPast.apply(past) : Future.<Void>succeededFuture())
                .compose(removed -> listed.remove(member));
    }

    /** Keeps the history if the service exists and has the location. */
    private Future<Void> forgetLocation(Past past) {
        String id = past.serviceId();
        return services.read(Locations.serviceId(id))
                .compose(service -> service != null && service.locations().contains(Locations.location(id))
                        ? Future.<Void>succeededFuture()
                        : link.send(Request.cmd(Command.HDEL)
                                        .arg(Keys.status(Keys.partition(id)))
                                        .arg(id))
                                .compose(gone -> forgetPast.apply(past)));
    }

    /** Everything that has history: existing services, and deleted ones that can be restored. */
    public Future<List<Past>> pasts() {
        return turns.inTurn(() -> loader.load().compose(all -> listed.all().map(deleted -> {
            List<Past> pasts = new ArrayList<>();
            all.services().forEach(service -> pasts.addAll(Past.allOf(service)));
            deleted.forEach(member -> pasts.add(Past.decode(member)));
            return pasts;
        })));
    }
}
