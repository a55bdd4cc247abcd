package io.openuptimes.store.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.CommandImpl;
import io.vertx.redis.client.impl.RedisURI;
import io.vertx.redis.client.impl.RequestImpl;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A connection to one server, and the client that is closed with it. */
final class Wire {

    static final long CONNECT_TIMEOUT_MS = 3_000;

    private final Redis client;
    private final RedisConnection connection;
    private final String endpoint;
    private final ReplicaCount replicas = new ReplicaCount();

    private Wire(Redis client, RedisConnection connection, String endpoint) {
        this.client = client;
        this.connection = connection;
        this.endpoint = endpoint;
    }

    /** Connects to a server. */
    static Future<Wire> to(Vertx vertx, RedisOptions server) {
        return to(vertx, server, CONNECT_TIMEOUT_MS);
    }

    static Future<Wire> to(Vertx vertx, RedisOptions server, long timeoutMs) {
        RedisOptions options = new RedisOptions(server)
                .setNetClientOptions(
                        new NetClientOptions(server.getNetClientOptions()).setConnectTimeout((int) timeoutMs));
        Sightings.server(vertx, new RedisURI(server.getEndpoint()).socketAddress());
        Redis client = Redis.createClient(vertx, options);
        return client.connect()
                .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                .map(made -> new Wire(client, made, server.getEndpoint()))
                .onFailure(failure -> client.close());
    }

    /** Loads the scripts into the server. */
    Future<Wire> load(List<Request> scripts) {
        return connection
                .batch(scripts)
                .timeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .map(this)
                .onFailure(failure -> close());
    }

    /** Whether a command may write. */
    static boolean mayWrite(Request command) {
        return !((CommandImpl) command.command()).isReadOnly(((RequestImpl) command).getArgs());
    }

    RedisConnection connection() {
        return connection;
    }

    /** The server's endpoint as in the options. */
    String endpoint() {
        return endpoint;
    }

    /** The server's replicas as last reported. */
    ReplicaCount replicas() {
        return replicas;
    }

    Future<Void> close() {
        return client.close();
    }
}
