package io.openuptimes.store.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.List;

/** Always connects to the same server. */
final class DirectDialer implements Dialer {

    private final Vertx vertx;
    private final RedisOptions options;
    private final List<Request> scripts;

    DirectDialer(Vertx vertx, RedisOptions options, List<Request> scripts) {
        this.vertx = vertx;
        this.options = options;
        this.scripts = scripts;
    }

    @Override
    public Future<Wire> dial() {
        return Wire.to(vertx, options).compose(wire -> wire.load(scripts));
    }

    @Override
    public boolean follows() {
        return false;
    }

    @Override
    public Future<Boolean> holds(Wire wire) {
        return Future.succeededFuture(true);
    }
}
