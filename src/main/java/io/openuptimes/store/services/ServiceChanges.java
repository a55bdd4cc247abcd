package io.openuptimes.store.services;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.model.Problem;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.ServiceNames.Claim;
import io.openuptimes.store.services.ServiceStore.Change;
import io.openuptimes.store.services.ServiceStore.Stored;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates and changes single services.
 *
 * <p>A service is written before it claims its name and exists once it holds the name, so that a crash in between never
 * leaves a name without a service. Updates are compare-and-set: an update is written only if the service is still as it
 * was read, and is otherwise computed again from the newer version. Changes that take more than one step, above all
 * renames, require the {@link ChangeLock}.
 */
public final class ServiceChanges {

    /** Each attempt fails because another node has changed the same service. */
    private static final int ATTEMPTS = 50;

    private final Link link;
    private final Commits commits;
    private final ChangeTurns turns;
    private final ServiceStore services;
    private final ServiceNames names;
    private final ForgetList listed;
    private final Clock clock;
    private final IntSupplier format;

    /**
     * @param clock tells the time of day
     * @param format of the stored data
     */
    public ServiceChanges(
            Link link, Commits commits, ChangeTurns turns, ServiceStore services, Clock clock, IntSupplier format) {
        this.link = link;
        this.commits = commits;
        this.turns = turns;
        this.services = services;
        this.names = new ServiceNames(commits, services);
        this.listed = new ForgetList(link);
        this.clock = clock;
        this.format = format;
    }

    /**
     * @return fails with {@link Failures#INVALID} or {@link Failures#CONFLICT}, or if the caller is not authorized
     */
    public Future<Service> create(Map<String, Object> fields, Authority by) {
        return turns.single(() -> by.confirm().get().compose(held -> create(created(fields, by), "")))
                .compose(made -> made != null
                        ? Future.succeededFuture(made)
                        : turns.alone(grip -> {
                            Service service = created(fields, by);
                            return grip.close(Keys.partition(service.id()))
                                    .compose(closed -> by.confirm().get())
                                    .compose(held -> create(service, grip.mark()));
                        }));
    }

    private Service created(Map<String, Object> fields, Authority by) {
        Service service = by.require(ServiceStore.created(fields, clock.millis()));
        refuseNotYet(null, service);
        return service;
    }

    private void refuseNotYet(@Nullable Service before, Service now) {
        Problem problem = ServiceFields.notYet(before, now, format.getAsInt());
        if (problem != null) {
            throw Refused.conflict(problem);
        }
    }

    /** Null if this needs a mark, because the name is still listed for a service that is gone. */
    private Future<@Nullable Service> create(Service service, String mark) {
        return link.send(ServiceStore.call(Script.PUT_SERVICES, Keys.partition(service.id()), mark)
                        .arg(StatusCodec.UNCHECKED)
                        .arg(service.id())
                        .arg(services.codec().encode(service)))
                .compose(written -> names.claim(service.name(), service.id(), mark))
                .transform(claimed -> {
                    if (claimed.succeeded() && claimed.result() == Claim.HAS) {
                        return confirmed(service, mark);
                    }
                    return remove(service.id()).compose(gone -> {
                        if (claimed.failed()) {
                            return Future.failedFuture(claimed.cause());
                        }
                        return claimed.result() == Claim.STALE ? Future.succeededFuture() : nameTaken();
                    });
                });
    }

    /** Checks that a failover between the two steps has not lost the service; if it has, frees the name. */
    private Future<Service> confirmed(Service service, String mark) {
        return link.send(Request.cmd(Command.HEXISTS)
                        .arg(Keys.services(Keys.partition(service.id())))
                        .arg(service.id()))
                .map(there -> there != null && there.toInteger() == 1)
                .otherwise(true) // cannot be checked now; the name counts
                .compose(there -> there
                        ? Future.succeededFuture(service)
                        : names.release(service.name(), service.id(), mark)
                                .compose(released -> Future.failedFuture(Refused.unreachable())));
    }

    /**
     * @return fails with {@link Failures#INVALID}, {@link Failures#NOT_FOUND}, {@link Failures#CONFLICT} or
     *     {@link Failures#CHANGED}, or if the caller is not authorized
     */
    public Future<Change> replace(ServiceRef which, Map<String, Object> fields, Set<String> tags, Authority by) {
        return change(which, tags, by, old -> ServiceStore.replaced(old, fields));
    }

    /**
     * Changes the given fields. Reads the stored service in the same turn, so that no concurrent change is lost.
     *
     * @return fails like {@link #replace}
     */
    public Future<Change> patch(ServiceRef which, Map<String, Object> fields, Set<String> tags, Authority by) {
        return change(which, tags, by, old -> ServiceStore.patched(old, fields));
    }

    private Future<Change> change(
            ServiceRef which, Set<String> tags, Authority by, Function<Service, Service> changed) {
        return turns.single(() -> by.confirm().get().compose(held -> change(which, tags, by, changed, "", ATTEMPTS)))
                .compose(done -> done != null
                        ? Future.succeededFuture(done)
                        : turns.alone(grip -> services.find(which)
                                .compose(stored -> grip.close(Keys.partition(stored.id())))
                                .compose(closed -> by.confirm().get())
                                .compose(held -> change(which, tags, by, changed, grip.mark(), ATTEMPTS))));
    }

    /** Null if this needs a mark, because a name changes. */
    private Future<@Nullable Change> change(
            ServiceRef which,
            Set<String> tags,
            Authority by,
            Function<Service, Service> changed,
            String mark,
            int attempts) {
        return services.findStored(which).compose(stored -> {
            Service old = by.require(stored.service());
            ServiceStore.refuseDeclared(old);
            ServiceStore.refuseChanged(old, tags);
            Change change = new Change(old, by.require(changed.apply(old)));
            refuseNotYet(old, change.now());
            if (change.renames() && mark.isEmpty()) {
                return Future.succeededFuture();
            }
            return (change.renames() ? rename(stored, change, mark) : put(stored, change, mark)).compose(put -> {
                if (put) {
                    return Future.succeededFuture(change);
                }
                return attempts > 1
                        ? change(which, tags, by, changed, mark, attempts - 1)
                        : Future.failedFuture(new Refused(
                                Failures.STORE_UNREACHABLE, "The service is being changed by others; try again"));
            });
        });
    }

    private Future<Boolean> rename(Stored stored, Change change, String mark) {
        Service now = change.now();
        return names.claim(now.name(), now.id(), mark)
                .compose(claim -> claim == Claim.HAS ? put(stored, change, mark) : nameTaken())
                .compose(put -> names.release(put ? stored.service().name() : now.name(), now.id(), mark)
                        .map(put));
    }

    /** Schedules the history of removed locations for deletion, after all nodes know of the change. */
    private Future<Boolean> put(Stored stored, Change change, String mark) {
        String id = change.now().id();
        int partition = Keys.partition(id);
        List<Past> left = Past.left(change.before(), change.now());
        Future<?> noted =
                left.isEmpty() ? Future.succeededFuture() : listed.add(left, clock.millis() + DeletedServices.KEPT_MS);
        return noted.compose(ready -> commits.run(
                        Script.REPLACE_SERVICE,
                        List.of(Keys.services(partition), Keys.closed(partition)),
                        mark,
                        id,
                        stored.json(),
                        services.codec().encode(change.now())))
                .map(answer -> answer != null && answer.toInteger() == 1);
    }

    /** Removes a service that was just created and never held its name: nobody else knows it, and no mark applies. */
    private Future<Void> remove(String id) {
        int partition = Keys.partition(id);
        return link.batch(List.of(
                        Request.cmd(Command.HDEL).arg(Keys.services(partition)).arg(id),
                        Request.cmd(Command.HDEL).arg(Keys.status(partition)).arg(id)))
                .mapEmpty();
    }

    static <T> Future<T> nameTaken() {
        return Future.failedFuture(new Refused(Failures.CONFLICT, "A service of that name exists"));
    }
}
