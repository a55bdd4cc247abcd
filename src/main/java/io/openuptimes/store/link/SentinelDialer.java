package io.openuptimes.store.link;

import io.openuptimes.runtime.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the master that the sentinels name. Asks one sentinel after the other, until one names a server that
 * itself reports that it is a master; that sentinel is asked first from then on. A sentinel that has missed a failover
 * is therefore passed over.
 */
final class SentinelDialer implements Dialer {

    /** Timeout per sentinel; short because there are others to ask. */
    private static final long ANSWER_MS = 500;

    private final Vertx vertx;
    private final RedisOptions options;
    private final List<Request> scripts;
    private final String masterName;
    private final long answerMs;
    private final List<String> sentinels;

    SentinelDialer(Vertx vertx, RedisOptions options, List<Request> scripts) {
        this(vertx, options, scripts, ANSWER_MS);
    }

    /**
     * @param answerMs timeout per sentinel, milliseconds
     */
    SentinelDialer(Vertx vertx, RedisOptions options, List<Request> scripts, long answerMs) {
        this.vertx = vertx;
        this.options = options;
        this.scripts = scripts;
        this.masterName = options.getMasterName();
        this.answerMs = answerMs;
        this.sentinels = new ArrayList<>(options.getEndpoints());
    }

    @Override
    public Future<Wire> dial() {
        Map<String, Future<Wire>> tried = new HashMap<>();
        return firstOf(address -> tried.computeIfAbsent(address, this::connect));
    }

    /** Connects to a server and loads the scripts, if it is a master. */
    private Future<Wire> connect(String address) {
        return Wire.to(vertx, RedisClients.server(options, address)).compose(wire -> role(wire)
                .compose(master -> master
                        ? wire.load(scripts)
                        : Future.<Wire>failedFuture(address + " is not a master (any more)"))
                .onFailure(failure -> wire.close()));
    }

    /** Asks the server itself. */
    private Future<Boolean> role(Wire wire) {
        return wire.connection()
                .send(Request.cmd(Command.ROLE))
                .timeout(Wire.CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .map(role -> {
                    boolean master = role != null && "master".equals(role.get(0).toString());
                    if (role != null && master) {
                        wire.replicas().saw(role.get(2).size());
                        Sightings.replicas(vertx, role.get(2));
                    }
                    return master;
                });
    }

    /**
     * Asks one sentinel after the other, until the work succeeds with the address that it names.
     *
     * @param work of host and port
     */
    private <T> Future<T> firstOf(Function<String, Future<T>> work) {
        Future<T> asked = Future.failedFuture("there are no sentinels");
        for (String sentinel : List.copyOf(sentinels)) {
            asked = asked.recover(failure -> ask(sentinel).compose(work).onSuccess(done -> goesFirst(sentinel)));
        }
        return asked;
    }

    private void goesFirst(String sentinel) {
        sentinels.remove(sentinel);
        sentinels.add(0, sentinel);
    }

    /** Host and port of the master according to a sentinel. */
    private Future<String> ask(String sentinel) {
        return Wire.to(vertx, RedisClients.sentinel(options, sentinel), answerMs)
                .compose(wire -> wire.connection()
                        .send(Request.cmd(Command.SENTINEL)
                                .arg("GET-MASTER-ADDR-BY-NAME")
                                .arg(masterName))
                        .timeout(answerMs, TimeUnit.MILLISECONDS)
                        .eventually(wire::close))
                .compose(this::address);
    }

    private Future<String> address(@Nullable Response answer) {
        return answer == null || answer.size() < 2
                ? Future.failedFuture("the sentinel knows no master of the name \"" + masterName + "\"")
                : Future.succeededFuture(
                        HostPort.of(answer.get(0).toString(), answer.get(1).toInteger()));
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public Future<Boolean> holds(Wire wire) {
        return role(wire)
                .otherwise(true) // unanswered commands close the connection anyway
                .compose(master -> master
                        ? this.<Boolean>firstOf(address -> agrees(wire, address))
                                .otherwise(true)
                        : Future.succeededFuture(false));
    }

    /**
     * Whether the address that a sentinel names is the connection's server. If it is another server, the sentinel is
     * believed unless that server reports that it is not a master.
     *
     * @return fails if the sentinel has missed a failover
     */
    private Future<Boolean> agrees(Wire wire, String address) {
        if (isServer(wire, address)) {
            return Future.succeededFuture(true);
        }
        return Wire.to(vertx, RedisClients.server(options, address), answerMs)
                .compose(other -> role(other).eventually(other::close))
                .otherwise(true)
                .compose(master ->
                        master ? Future.succeededFuture(false) : Future.failedFuture(address + " is not a master"));
    }

    private boolean isServer(Wire wire, String address) {
        return RedisClients.server(options, address).getEndpoint().equals(wire.endpoint());
    }
}
