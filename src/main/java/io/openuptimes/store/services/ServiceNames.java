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
 * Whose the names are. A name is its holder's while the holder is there and has it; else whoever claims it may have it.
 *
 * <p>To find out that a holder is gone takes more than one step, in which it might come back by another node. So only
 * who has closed the names takes one that is somebody's; see {@link ChangeLock}.
 */
final class ServiceNames {

    /** What became of a claim. */
    enum Claim {
        HAS,
        /** Another service has that name. */
        TAKEN,
        /** It is listed as that of one that is gone or has another name. */
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
     * Gives a name to a service, which may have it already.
     *
     * @param mark by which the names are closed, or empty
     * @return stale only without such a mark
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
     * Takes a name from a service that has it no more, or never had. That counts already, and the name is free in any
     * case.
     *
     * @return never fails
     */
    Future<Void> release(String name, String id, String mark) {
        return commits.run(Script.RELEASE_NAME, KEYS, mark, name, id).transform(released -> Future.succeededFuture());
    }
}
