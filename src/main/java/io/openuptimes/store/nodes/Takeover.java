package io.openuptimes.store.nodes;

import io.openuptimes.bus.Failures;
import io.openuptimes.health.HealthState;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.nodes.Leases.Held;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands newly acquired leases to the checks, a few at a time. Confined to one event loop. */
final class Takeover {

    private static final Logger log = LoggerFactory.getLogger(Takeover.class);

    /** Partitions made ready at once: with a million services, about two megabytes to read. */
    private static final int READY_AT_ONCE = 16;

    private final Link link;
    private final @Nullable String location;
    private final Leases leases;
    private final StoredHealth storedHealth;
    private final Membership.Checks checks;
    private boolean underWay;
    private boolean ended;

    /**
     * @param location of this node, null for none
     */
    Takeover(Link link, @Nullable String location, Leases leases, StoredHealth storedHealth, Membership.Checks checks) {
        this.link = link;
        this.location = location;
        this.leases = leases;
        this.storedHealth = storedHealth;
        this.checks = checks;
    }

    /** Fences newly acquired leases, so that previous holders' results are rejected, then starts their checks. */
    void goOn() {
        if (underWay || ended) {
            return;
        }
        List<Held> next = leases.toReady(READY_AT_ONCE);
        if (next.isEmpty()) {
            return;
        }
        underWay = true;
        fence(next)
                .compose(fenced -> storedHealth
                        .read(fenced.stream().map(Held::lease).toList())
                        .onSuccess(read -> begin(fenced, read)))
                .onComplete(
                        begun -> {
                            underWay = false;
                            goOn();
                        },
                        failure -> {
                            underWay = false;
                            next.forEach(leases::notReady); // the next sync tries again
                            if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
                                log.error("cannot take over leases; trying again", failure);
                            }
                        });
    }

    private Future<List<Held>> fence(List<Held> next) {
        List<Request> fences = next.stream()
                .map(one -> Script.FENCE
                        .call(1)
                        .arg(Keys.fence(one.lease(), location))
                        .arg(one.epoch()))
                .toList();
        return link.batch(fences).map(answers -> {
            List<Held> fenced = new ArrayList<>();
            for (int i = 0; i < next.size(); i++) {
                Held one = next.get(i);
                Response answer = answers.get(i);
                long fence = answer == null ? 0 : answer.toLong();
                if (fence > one.epoch()) {
                    leases.refused(one, fence);
                } else {
                    fenced.add(one);
                }
            }
            return fenced;
        });
    }

    private void begin(List<Held> fenced, Map<String, HealthState> read) {
        List<Held> still = fenced.stream().filter(leases::holds).toList();
        if (!still.isEmpty() && !ended) {
            checks.gained(still.stream().map(Held::lease).toList(), read);
            still.forEach(leases::ready);
        }
    }

    /** Stops handing leases to the checks. */
    void end() {
        ended = true;
    }
}
