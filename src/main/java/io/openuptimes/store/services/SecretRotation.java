package io.openuptimes.store.services;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.bus.SecretMessage.SecretsRotated;
import io.openuptimes.model.Node;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.secrets.InstallationKey;
import io.openuptimes.store.secrets.NodeKeys;
import io.openuptimes.store.secrets.SecretKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the encryption key for secrets while all nodes are running.
 *
 * <p>First every live node must hold the new key. Then the installation's key changes, and all nodes encrypt with the
 * new one within {@value #FOLLOWED_MS} ms. Last, services are rewritten, partition by partition, each only if it has
 * not changed meanwhile. The caller's authority is checked before each of these steps. An interrupted rotation leaves
 * values under both keys, all of them readable, and the next rotation continues. Belongs to one event loop; one
 * rotation at a time.
 */
public final class SecretRotation {

    private static final Logger log = LoggerFactory.getLogger(SecretRotation.class);

    /** Nodes check once a second which key is active. */
    private static final long FOLLOWED_MS = 3_000;
    /** Interval and number of checks whether this node has heard of the others. */
    private static final long LOOK_MS = 100;

    private static final int LOOKS = 200;
    /** Services per command, so that others' commands can run in between. */
    private static final int BATCH = 100;

    private record Stale(String id, Buffer before, String after) {}

    private final Vertx vertx;
    private final Link link;
    private final NodeKeys keys;
    private final InstallationKey installation;
    private final ServiceCodec codec;
    private final WorkerExecutor workers;
    private final Supplier<Nodes> nodes;
    private @Nullable Future<SecretsRotated> underWay;
    private int rewritten;
    private int remaining;

    /**
     * @param workers decode what is read
     * @param nodes those that share this Redis; none if this node is alone
     */
    public SecretRotation(
            Vertx vertx,
            Link link,
            NodeKeys keys,
            InstallationKey installation,
            ServiceCodec codec,
            WorkerExecutor workers,
            Supplier<Nodes> nodes) {
        this.vertx = vertx;
        this.link = link;
        this.keys = keys;
        this.installation = installation;
        this.codec = codec;
        this.workers = workers;
        this.nodes = nodes;
    }

    /**
     * @return fails with {@link Failures#CONFLICT} if there is no key, a live node does not hold it, or a rotation is
     *     running; with {@link Failures#UNAUTHORIZED} if the caller's authority has ended
     */
    public Future<SecretsRotated> rotate(Authority by) {
        if (underWay != null) {
            return refused("A rotation is already in progress");
        }
        rewritten = 0;
        remaining = 0;
        Future<SecretsRotated> rotation = by.confirm()
                .get()
                .compose(right -> workers.executeBlocking(keys::next))
                .compose(
                        key -> key == null ? refused("No key is set; set secrets.key on every node") : rotate(key, by));
        underWay = rotation;
        return rotation.onComplete(ended -> underWay = null);
    }

    private Future<SecretsRotated> rotate(SecretKey key, Authority by) {
        return known(LOOKS).compose(known -> rotate(key, by, known));
    }

    /** The live nodes, once this one has heard of them; fails if that takes too long. */
    private Future<Nodes> known(int looks) {
        Nodes known = nodes.get();
        if (known.asOf() != 0) {
            return Future.succeededFuture(known);
        }
        return looks == 0
                ? Future.failedFuture(new Refused(
                        Failures.STORE_UNREACHABLE, "This node has not heard of the other nodes yet; try again"))
                : vertx.timer(LOOK_MS, TimeUnit.MILLISECONDS).compose(passed -> known(looks - 1));
    }

    private Future<SecretsRotated> rotate(SecretKey key, Authority by, Nodes known) {
        List<Node> others = known.nodes().stream()
                .filter(node -> node.live() && !node.self())
                .toList();
        String without = others.stream()
                .filter(node -> !node.secretKeys().contains(key.id()))
                .map(Node::name)
                .collect(Collectors.joining(", "));
        if (!without.isEmpty()) {
            return refused("These nodes do not have the key " + key.id() + " yet: " + without);
        }
        return by.confirm()
                .get()
                .compose(right -> installation.change(key))
                .compose(changed -> others.isEmpty() ? Future.succeededFuture() : followed())
                .compose(followed -> partition(0, by))
                .map(done -> {
                    log.info(
                            "secrets are now encrypted with the key {}; services rewritten: {}, remaining: {}",
                            key.id(),
                            rewritten,
                            remaining);
                    return new SecretsRotated(key.id(), rewritten, remaining);
                });
    }

    private static <T> Future<T> refused(String why) {
        return Future.failedFuture(new Refused(Failures.CONFLICT, why));
    }

    private Future<Void> followed() {
        return vertx.timer(FOLLOWED_MS, TimeUnit.MILLISECONDS).mapEmpty();
    }

    private Future<Void> partition(int partition, Authority by) {
        if (partition == Keys.PARTITIONS) {
            return Future.succeededFuture();
        }
        return link.send(Request.cmd(Command.HGETALL).arg(Keys.services(partition)))
                .compose(stored -> workers.executeBlocking(() -> stale(stored)))
                .compose(stale -> write(partition, stale, 0, by))
                .compose(written -> partition(partition + 1, by));
    }

    private List<Stale> stale(@Nullable Response stored) {
        List<Stale> stale = new ArrayList<>();
        if (stored != null) {
            for (String id : stored.getKeys()) {
                Response json = stored.get(id);
                byte[] before = json == null ? null : json.toBytes();
                if (before != null && codec.isStale(id, before)) {
                    Service service = codec.decode(id, before);
                    stale.add(new Stale(id, Buffer.buffer(before), service == null ? "" : codec.encode(service)));
                }
            }
        }
        return stale;
    }

    private Future<Void> write(int partition, List<Stale> stale, int from, Authority by) {
        if (from >= stale.size()) {
            return Future.succeededFuture();
        }
        List<Stale> some = stale.subList(from, Math.min(stale.size(), from + BATCH));
        Request call =
                Script.RESEAL_SERVICES.call(2).arg(Keys.services(partition)).arg(Keys.closed(partition));
        some.stream()
                .filter(one -> !one.after().isEmpty())
                .forEach(one -> call.arg(one.id()).arg(one.before()).arg(one.after()));
        return by.confirm().get().compose(right -> link.send(call)).compose(answer -> {
            int written = answer == null ? 0 : answer.toInteger();
            rewritten += written;
            remaining += some.size() - written;
            return write(partition, stale, from + BATCH, by);
        });
    }
}
