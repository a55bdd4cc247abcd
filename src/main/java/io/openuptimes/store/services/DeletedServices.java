package io.openuptimes.store.services;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Service;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.ServiceNames.Claim;
import io.openuptimes.store.services.ServiceStore.Kept;
import io.openuptimes.store.services.ServiceStore.Stored;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes services and restores them within the restore period; {@link Forgetting} removes them for good afterwards.
 *
 * <p>A deleted service disappears immediately, except for its history and a record with its definition and status. One
 * atomic step in its partition decides whether it comes back: restoring takes the record, and forgetting removes the
 * record unless the service exists. The list of services to forget only says where to look; it is written first and
 * cleared last, so that a crash in between leaves nothing behind.
 */
public final class DeletedServices {

    /** How long a service can be restored. */
    public static final long KEPT_MS = 30_000;
    /** The record expires after this time even if no node is running, because it may contain secrets. */
    private static final long RECORD_TTL_MS = 300_000;

    /** A deleted service, and until when it can be restored, epoch milliseconds. */
    public record Deleted(Service service, long until) {}

    private final Link link;
    private final Commits commits;
    private final ChangeTurns turns;
    private final ServiceStore services;
    private final ServiceNames names;
    private final ForgetList listed;
    private final Clock clock;

    /**
     * @param clock tells the time of day
     */
    public DeletedServices(Link link, Commits commits, ChangeTurns turns, ServiceStore services, Clock clock) {
        this.link = link;
        this.commits = commits;
        this.turns = turns;
        this.services = services;
        this.names = new ServiceNames(commits, services);
        this.listed = new ForgetList(link);
        this.clock = clock;
    }

    /**
     * Deletes a service for everybody.
     *
     * @param tags the service must have one of them; empty for no condition
     * @return fails with {@link Failures#NOT_FOUND}, {@link Failures#CONFLICT} or {@link Failures#CHANGED}, or if the
     *     caller is not authorized
     */
    public Future<Deleted> delete(ServiceRef which, Set<String> tags, Authority by) {
        return turns.alone(grip -> services.find(which)
                .compose(found -> grip.close(Keys.partition(found.id())))
                .compose(closed -> services.findStored(which))
                .compose(stored -> by.confirm().get().compose(held -> delete(stored, tags, by, grip.mark()))));
    }

    private Future<Deleted> delete(Stored stored, Set<String> tags, Authority by, String mark) {
        Service service = by.require(stored.service());
        ServiceStore.refuseDeclared(service);
        ServiceStore.refuseChanged(service, tags);
        String id = service.id();
        long until = clock.millis() + KEPT_MS;
        List<Object> args = new ArrayList<>(List.of(mark, id, stored.json(), until, RECORD_TTL_MS));
        service.locations().forEach(location -> args.add(Locations.idAt(id, location)));
        return listed.add(Past.allOf(service), until)
                .compose(added -> commits.run(Script.DELETE_SERVICE, keys(id), args.toArray()))
                .compose(deleted -> names.release(service.name(), id, mark))
                .map(new Deleted(service, until));
    }

    private static List<String> keys(String id) {
        int partition = Keys.partition(id);
        return List.of(Keys.services(partition), Keys.status(partition), Keys.deleted(id), Keys.closed(partition));
    }

    /**
     * Restores a service with its status and history.
     *
     * @return fails with {@link Failures#NOT_FOUND} or, if its name has been taken meanwhile, with
     *     {@link Failures#CONFLICT} and can then be retried; also fails if the caller is not authorized
     */
    public Future<Kept> restore(String id, Authority by) {
        return turns.alone(grip -> grip.close(Keys.partition(id))
                .compose(closed -> link.send(Request.cmd(Command.HMGET)
                        .arg(Keys.deleted(id))
                        .arg("service")
                        .arg("until")))
                .compose(record -> by.confirm().get().compose(held -> restore(id, record, by, grip.mark()))));
    }

    private Future<Kept> restore(String id, @Nullable Response record, Authority by, String mark) {
        byte[] json = bytes(record, 0);
        String until = text(record, 1);
        Service service = json == null ? null : services.codec().decode(id, json);
        if (service == null || until == null || Long.parseLong(until) <= clock.millis()) {
            return nothingToRestore();
        }
        by.require(service);
        return names.claim(service.name(), id, mark)
                .compose(claim -> claim == Claim.HAS ? putBack(service, mark) : ServiceChanges.nameTaken());
    }

    private Future<Kept> putBack(Service service, String mark) {
        String id = service.id();
        List<Object> args = new ArrayList<>(List.of(mark, id, StatusCodec.UNCHECKED));
        service.locations().forEach(location -> args.add(Locations.idAt(id, location)));
        return commits.run(Script.RESTORE_SERVICE, keys(id), args.toArray())
                .compose(put -> put != null && put.toInteger() == 1
                        // the restore is committed; if the service stays listed, it is unlisted when it falls due
                        ? listed.remove(Past.allOf(service))
                                .otherwiseEmpty()
                                .compose(removed -> services.read(Set.of(id)))
                                .map(kept -> Objects.requireNonNull(kept.get(id)))
                        : names // its time was over just now
                                .release(service.name(), service.id(), mark)
                                .compose(released -> nothingToRestore()));
    }

    private static <T> Future<T> nothingToRestore() {
        return Future.failedFuture(new Refused(
                Failures.NOT_FOUND, "Nothing to restore: the time to undo has passed, or the service never existed"));
    }

    private static @Nullable String text(@Nullable Response fields, int index) {
        Response field = fields == null ? null : fields.get(index);
        return field == null ? null : field.toString();
    }

    private static byte @Nullable [] bytes(@Nullable Response fields, int index) {
        Response field = fields == null ? null : fields.get(index);
        return field == null ? null : field.toBytes();
    }
}
