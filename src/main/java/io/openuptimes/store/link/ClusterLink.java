package io.openuptimes.store.link;

import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to all masters of a cluster. The link is up while every master is connected; while only some are,
 * commands for their slots still work.
 *
 * <p>The slot map is reloaded whenever a connection is lost or a node redirects a command, until every master is
 * connected. Commands that a master redirects follow the slot to another one, which is connected first if necessary.
 * Commands in flight on a lost connection fail: the replacement may lack acknowledged writes, and
 * {@link Listener#serves} is called before the first command is sent to it.
 */
final class ClusterLink implements Link, SlotQueue.Cluster {

    private static final Logger log = LoggerFactory.getLogger(ClusterLink.class);

    private static final long FIRST_RETRY_MS = 20;
    private static final long LAST_RETRY_MS = 500;
    private static final long AGAIN_MS = 50;
    /** How long commands for a slot wait until the master that it moved to is connected. */
    private static final long REACH_MS = 2_000;
    /** Interval between reloads of the slot map and the replica counts while the link is up. */
    private static final long WATCH_MS = 5_000;

    private final Vertx vertx;
    private final String name;
    private final RedisOptions options;
    private final List<Request> scripts;
    private final OutageLog outages;
    private final Listener listener;
    private final ClusterTopology topology;
    private final Map<String, ClusterNode> nodes = new HashMap<>();
    private final @Nullable SlotQueue[] queues = new SlotQueue[SlotMap.SLOTS];

    private SlotMap slots = SlotMap.empty();
    private @Nullable Future<Void> refreshing;
    private boolean up;
    /** Whether a connection was lost with writes that no replica has confirmed. */
    private boolean writtenAndLost;

    private boolean searching;
    private boolean closed;
    private long watch = -1;
    private long retryMs = FIRST_RETRY_MS;
    /** The last reason for losing, or failing to reach, a master. */
    private @Nullable Throwable lastFailure;

    /**
     * @param name distinguishes the link from the process's other links
     * @param options of a cluster
     * @param scripts loaded into each master
     * @param outages shared by all links to this cluster
     */
    ClusterLink(
            Vertx vertx,
            String name,
            RedisOptions options,
            List<Request> scripts,
            OutageLog outages,
            Listener listener) {
        this.vertx = vertx;
        this.name = name;
        this.options = options;
        this.scripts = scripts;
        this.outages = outages;
        this.listener = listener;
        this.topology = new ClusterTopology(vertx, options);
    }

    @Override
    public void open() {
        search();
        watch = vertx.setPeriodic(WATCH_MS, timer -> refresh(null));
    }

    @Override
    public boolean isUp() {
        return nodes.values().stream().anyMatch(ClusterNode::isUp);
    }

    /** Retries until every master is connected. */
    private void search() {
        if (searching || closed) {
            return;
        }
        searching = true;
        refresh(null)
                .onComplete(refreshed -> vertx.setTimer(retryMs, timer -> {
                    searching = false;
                    if (!up) {
                        retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
                        search();
                    }
                }));
    }

    /**
     * Reloads the slot map.
     *
     * @param first the node to ask first; null for any
     * @return never fails
     */
    private Future<Void> refresh(@Nullable String first) {
        Future<Void> underWay = refreshing;
        if (underWay != null) {
            return underWay;
        }
        List<ClusterNode> asked = new ArrayList<>();
        nodes.values().stream()
                .filter(ClusterNode::isUp)
                .forEach(node -> asked.add(node.address().equals(first) ? 0 : asked.size(), node));
        Promise<Void> done = Promise.promise();
        refreshing = done.future();
        topology.read(asked).onComplete(read -> {
            refreshing = null;
            if (!closed && read.succeeded()) {
                apply(read.result());
            } else if (!closed && !up) {
                outages.away(name, read.cause());
            }
            done.complete();
        });
        return done.future();
    }

    private void apply(SlotMap now) {
        SlotMap before = slots;
        Set<String> masters = now.masters();
        slots = now;
        List<ClusterNode> gone = new ArrayList<>();
        for (String address : before.masters()) {
            ClusterNode node = masters.contains(address) ? null : nodes.remove(address);
            if (node != null) {
                log.debug("{}: {} has left the cluster", name, address);
                writtenAndLost |= node.isUnconfirmed();
                gone.add(node);
            }
        }
        masters.forEach(address -> node(address).connect());
        tellIfTakenOver(before, masters);
        gone.forEach(ClusterNode::close);
        check();
    }

    /** Reports slots whose master was replaced by a node that is already connected. */
    private void tellIfTakenOver(SlotMap before, Set<String> masters) {
        SlotMap now = slots;
        listener.serves(key -> {
            int slot = SlotMap.ofKey(key);
            String old = before.owner(slot);
            String owner = now.owner(slot);
            return old != null
                    && owner != null
                    && !masters.contains(old)
                    && node(owner).isUp();
        });
    }

    private ClusterNode node(String address) {
        return nodes.computeIfAbsent(
                address,
                unknown -> new ClusterNode(
                        vertx, address, RedisClients.server(options, address), scripts, this::nodeUp, this::nodeDown));
    }

    private void nodeUp(ClusterNode node) {
        log.debug("{} connected to Redis at {}", name, node.address());
        SlotMap now = slots;
        listener.serves(key -> node.address().equals(now.owner(SlotMap.ofKey(key))));
        check();
    }

    private void nodeDown(ClusterNode node, Throwable failure) {
        writtenAndLost |= node.isUnconfirmed();
        log.debug("{} has no connection to Redis at {}", name, node.address(), failure);
        lastFailure = failure;
        if (!slots.masters().contains(node.address())) {
            nodes.remove(node.address());
            node.close();
        }
        check();
        search();
    }

    private void check() {
        boolean all = !closed && slots.isComplete() && slots.masters().stream().allMatch(this::isThere);
        if (all == up) {
            return;
        }
        up = all;
        if (up) {
            retryMs = FIRST_RETRY_MS;
            outages.there(name);
            listener.up();
        } else {
            outages.away(name, lastFailure);
            listener.down();
            search();
        }
    }

    private boolean isThere(String address) {
        ClusterNode node = nodes.get(address);
        return node != null && node.isUp();
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        int slot = SlotMap.of(command);
        if (slot < 0) {
            return everywhere(command);
        }
        SlotQueue queue = queues[slot];
        if (queue == null) {
            queue = new SlotQueue(slot, this);
            queues[slot] = queue;
        }
        return queue.send(command);
    }

    /** Sends a command to all masters and returns the last one's answer. */
    private Future<@Nullable Response> everywhere(Request command) {
        if (!up) {
            return Future.failedFuture(Refused.unreachable());
        }
        List<Future<@Nullable Response>> answers = new ArrayList<>();
        slots.masters().forEach(master -> answers.add(node(master).send(command)));
        return Future.all(answers)
                .map(all -> all.<@Nullable Response>resultAt(answers.size() - 1))
                .recover(failure -> Future.failedFuture(
                        RedisErrors.isOfServer(failure) ? RedisErrors.forCaller(failure) : Refused.unreachable()));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        List<Future<@Nullable Response>> answers = new ArrayList<>(commands.size());
        commands.forEach(command -> answers.add(send(command)));
        return Future.join(answers).map(all -> {
            List<@Nullable Response> results = new ArrayList<>(answers.size());
            answers.forEach(answer -> results.add(answer.result()));
            return results;
        });
    }

    @Override
    public Future<@Nullable Response> send(int slot, Request command) {
        String owner = slots.owner(slot);
        ClusterNode node = owner == null ? null : nodes.get(owner);
        return node == null ? Future.failedFuture(Refused.unreachable()) : node.send(command);
    }

    @Override
    public Future<@Nullable Response> ask(String address, Request command) {
        ClusterNode node = node(address);
        if (node.isUp()) {
            return node.ask(command);
        }
        node.connect();
        return Future.failedFuture(Redirect.again());
    }

    @Override
    public Future<Void> again(int slot, boolean moved, boolean wait) {
        Promise<Void> waited = Promise.promise();
        if (wait) {
            vertx.setTimer(AGAIN_MS, timer -> waited.complete());
        } else {
            waited.complete();
        }
        return moved
                ? waited.future().compose(done -> refresh(slots.owner(slot))).compose(refreshed -> reach(slot))
                : waited.future();
    }

    /** Completes when the slot's master is connected, cannot be reached, or takes too long. Never fails. */
    private Future<Void> reach(int slot) {
        String owner = slots.owner(slot);
        ClusterNode node = owner == null || closed ? null : node(owner);
        if (node == null || node.isUp()) {
            return Future.succeededFuture();
        }
        Promise<Void> reached = Promise.promise();
        long timer = vertx.setTimer(REACH_MS, late -> reached.tryComplete());
        node.connect().onComplete(attempt -> {
            vertx.cancelTimer(timer);
            reached.tryComplete();
        });
        return reached.future();
    }

    @Override
    public Future<Void> confirm() {
        if (writtenAndLost) {
            writtenAndLost = false;
            return Future.failedFuture(Refused.unreachable());
        }
        List<Future<Void>> confirmations = new ArrayList<>();
        nodes.values()
                .forEach(node ->
                        confirmations.add(node.confirm(() -> slots.replicas(node.address()), () -> isMaster(node))));
        return Future.join(confirmations).mapEmpty();
    }

    /** Does nothing: a whole cluster is not replaced by accident. */
    @Override
    public Future<Void> verify() {
        return Future.succeededFuture();
    }

    private Future<Boolean> isMaster(ClusterNode node) {
        return refresh(node.address())
                .map(refreshed -> node.isUp() && slots.masters().contains(node.address()));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        outages.closed(name);
        up = false;
        vertx.cancelTimer(watch);
        List<Future<Void>> closing = new ArrayList<>();
        nodes.values().forEach(node -> closing.add(node.close()));
        return Future.join(closing).mapEmpty();
    }
}
