package io.openuptimes.store.services;

import io.openuptimes.model.Service;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of services. A holder owns its name while it exists and has that name; otherwise the name can be claimed.
 *
 * <p>Finding out that a holder is gone takes more than one step, and another node might restore it in between. Only the
 * node that has closed the names may therefore take over a listed name; see {@link ChangeLock}.
 */
final class ServiceNames {

    /** The result of a claim. */
    enum Claim {
        HAS,
        /** Another service has this name. */
        TAKEN,
        /** Listed for a service that is gone or has another name. */
        STALE
    }

    private static final List<String> KEYS = List.of(Keys.NAMES, Keys.NAMES_CLOSED);

    private final Commits commits;
    private final ServiceStore services;

    ServiceNames(Commits commits, ServiceStore services) {
        this.commits = commits;
        this.services = services;
    }

    static Request call(Script script, String mark) {
        return script.call(2).arg(Keys.NAMES).arg(Keys.NAMES_CLOSED).arg(mark);
    }

    /**
     * Assigns a name to a service, which may already hold it.
     *
     * @param mark closes the names; empty for none
     * @return stale only without a mark
     */
    Future<Claim> claim(String name, String id, String mark) {
        return claim(name, id, mark, "").compose(holder -> {
            if (holder.equals(id)) {
                return Future.succeededFuture(Claim.HAS);
            }
            return services.read(holder).compose(service -> {
                if (hasName(service, name)) {
                    return Future.succeededFuture(Claim.TAKEN);
                }
                return mark.isEmpty()
                        ? Future.succeededFuture(Claim.STALE)
                        : claim(name, id, mark, holder).map(now -> now.equals(id) ? Claim.HAS : Claim.TAKEN);
            });
        });
    }

    private static boolean hasName(@Nullable Service service, String name) {
        return service != null && service.name().equals(name);
    }

    private Future<String> claim(String name, String id, String mark, String goneHolder) {
        return commits.run(Script.CLAIM_NAME, KEYS, mark, name, id, goneHolder).map(String::valueOf);
    }

    /**
     * Removes a name from a service that no longer has it or never had it. That has been committed already, and the
     * name can be claimed even if this fails.
     *
     * @return never fails
     */
    Future<Void> release(String name, String id, String mark) {
        return commits.run(Script.RELEASE_NAME, KEYS, mark, name, id).transform(released -> Future.succeededFuture());
    }
}
