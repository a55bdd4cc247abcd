package io.openuptimes.store.link;

import io.openuptimes.runtime.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the master that the sentinels name. Asks one sentinel after the other, starting with the last one that
 * answered. The server itself must report that it is a master.
 */
final class SentinelDialer implements Dialer {

    /** Timeout per sentinel; short because there are others to ask. */
    private static final long ANSWER_MS = 500;

    private final Vertx vertx;
    private final RedisOptions options;
    private final List<Request> scripts;
    private final String masterName;
    private final List<String> sentinels;

    SentinelDialer(Vertx vertx, RedisOptions options, List<Request> scripts) {
        this.vertx = vertx;
        this.options = options;
        this.scripts = scripts;
        this.masterName = options.getMasterName();
        this.sentinels = new ArrayList<>(options.getEndpoints());
    }

    @Override
    public Future<Wire> dial() {
        return master().compose(address -> Wire.to(vertx, RedisClients.server(options, address))
                .compose(wire -> role(wire)
                        .compose(master -> master
                                ? wire.load(scripts)
                                : Future.<Wire>failedFuture(address + " is not a master (any more)"))
                        .onFailure(failure -> wire.close())));
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

    /** Host and port of the master. */
    private Future<String> master() {
        Future<String> asked = ask(sentinels.get(0));
        for (String sentinel : List.copyOf(sentinels.subList(1, sentinels.size()))) {
            asked = asked.recover(failure -> ask(sentinel));
        }
        return asked;
    }

    private Future<String> ask(String sentinel) {
        return Wire.to(vertx, RedisClients.sentinel(options, sentinel), ANSWER_MS)
                .compose(wire -> wire.connection()
                        .send(Request.cmd(Command.SENTINEL)
                                .arg("GET-MASTER-ADDR-BY-NAME")
                                .arg(masterName))
                        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
                        .eventually(wire::close))
                .compose(this::address)
                .onSuccess(address -> {
                    sentinels.remove(sentinel);
                    sentinels.add(0, sentinel);
                });
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
                        ? master().map(address -> isServer(wire, address)).otherwise(true)
                        : Future.succeededFuture(false));
    }

    private boolean isServer(Wire wire, String address) {
        return RedisClients.server(options, address).getEndpoint().equals(wire.endpoint());
    }
}
