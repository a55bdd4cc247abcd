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
    private final OutageLog outages = new OutageLog(System::nanoTime);

    /**
     * @param options the type selects the kind of link, see {@link RedisClients}
     * @param scripts commands that load the scripts, sent to each server first
     * @param identity of the expected data; except for a cluster, a server with different data counts as away
     */
    public Links(Vertx vertx, RedisOptions options, List<Request> scripts, DataIdentity identity) {
        this.vertx = vertx;
        this.options = options;
        this.scripts = scripts;
        this.identity = identity;
    }

    /**
     * Creates a link without opening it.
     *
     * @param name used in log lines
     */
    public Link to(String name, Link.Listener listener) {
        return switch (options.getType()) {
            case CLUSTER -> new ClusterLink(vertx, name, options, scripts, outages, listener);
            case SENTINEL ->
                new RedisLink(vertx, name, new SentinelDialer(vertx, options, scripts), identity, outages, listener);
            default ->
                new RedisLink(vertx, name, new DirectDialer(vertx, options, scripts), identity, outages, listener);
        };
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
