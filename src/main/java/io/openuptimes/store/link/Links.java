package io.openuptimes.store.link;

import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.List;

/** Makes the links of a process, which all lead to the same Redis. */
public final class Links {

    private final Vertx vertx;
    private final RedisOptions options;
    private final List<Request> scripts;
    private final DataIdentity identity;
    private final OutageLog outages = new OutageLog(System::nanoTime);

    /**
     * @param options whose type says what they lead to, see {@link RedisClients}
     * @param scripts commands that make the scripts known, for each server before all others
     * @param identity of the data that must be there: what holds other data counts as away, unless it is a cluster
     */
    public Links(Vertx vertx, RedisOptions options, List<Request> scripts, DataIdentity identity) {
        this.vertx = vertx;
        this.options = options;
        this.scripts = scripts;
        this.identity = identity;
    }

    /**
     * A link that is not open yet.
     *
     * @param name in log lines
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

    /** The same for who wants to know of up and down only. */
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
