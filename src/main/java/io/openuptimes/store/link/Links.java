package io.openuptimes.store.link;

import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.List;

/** Creates the links of a process, all to the same Redis. */
public final class Links {

    private final Vertx vertx;
    private final RedisOptions options;
    private final List<Request> scripts;
    private final DataIdentity identity;
    private final Gate gate;
    private final OutageLog outages = new OutageLog(System::nanoTime);

    /** For links that are always open. */
    public Links(Vertx vertx, RedisOptions options, List<Request> scripts, DataIdentity identity) {
        this(vertx, options, scripts, identity, Gate.unchecked());
    }

    /**
     * @param options the type selects the kind of link, see {@link RedisClients}
     * @param scripts commands that load the scripts, sent to each server first
     * @param identity of the expected data; except for a cluster, a server with different data counts as away
     * @param gate closes all links while the data has a format that this version must not use
     */
    public Links(Vertx vertx, RedisOptions options, List<Request> scripts, DataIdentity identity, Gate gate) {
        this.vertx = vertx;
        this.options = options;
        this.scripts = scripts;
        this.identity = identity;
        this.gate = gate;
    }

    /**
     * Creates a link without opening it.
     *
     * @param name used in log lines
     */
    public Link to(String name, Link.Listener listener) {
        return gate.guard(listener, inner -> make(name, inner));
    }

    private Link make(String name, Link.Listener listener) {
        return switch (options.getType()) {
            case CLUSTER -> new ClusterLink(vertx, name, options, scripts, outages, listener);
            case SENTINEL -> direct(name, new SentinelDialer(vertx, options, scripts), listener);
            default -> direct(name, new DirectDialer(vertx, options, scripts), listener);
        };
    }

    private Link direct(String name, Dialer dialer, Link.Listener listener) {
        return new RedisLink(vertx, name, dialer, identity, gate, outages, listener);
    }

    /** Creates a link with callbacks for up and down only. */
    public Link to(String name, Runnable onUp, Runnable onDown) {
        return to(name, new Link.Listener() {
            @Override
            public void up() {
                onUp.run();
            }

            @Override
            public void down() {
                onDown.run();
            }
        });
    }
}
