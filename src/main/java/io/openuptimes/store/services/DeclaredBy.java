package io.openuptimes.store.services;

import io.openuptimes.bus.DeclareMessage.DeclaredHold;
import io.openuptimes.bus.DeclareMessage.DeclaredHold.State;
import io.openuptimes.bus.DeclareMessage.Declarer;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Locale;

/**
 * Records which node's file declares the services. Only one node at a time can, or two nodes with different files would
 * overwrite each other forever. The first one keeps the role until it has been silent for a minute, longer than a
 * restart takes.
 */
final class DeclaredBy {

    private static final long KEPT_MS = 60_000;

    private final Link link;
    private final String run;
    private final String name;

    /**
     * @param run names this run of the node
     * @param name the node's name as shown to others
     */
    DeclaredBy(Link link, String run, String name) {
        this.link = link;
        this.run = run;
        this.name = name;
    }

    /**
     * @param digest of the contents of this node's file
     */
    Future<DeclaredHold> hold(String digest) {
        return link.send(Script.DECLARE_BY
                        .call(1)
                        .arg(Keys.DECLARED_BY)
                        .arg(run)
                        .arg(digest)
                        .arg(name)
                        .arg(KEPT_MS))
                .compose(answer -> answer == null
                        ? Future.failedFuture(new IllegalStateException("declare_by.lua answered nothing"))
                        : Future.succeededFuture(new DeclaredHold(
                                State.valueOf(answer.get(0).toString().toUpperCase(Locale.ROOT)),
                                answer.get(1).toString())));
    }

    Future<Declarer> who() {
        return link.batch(List.of(
                        Request.cmd(Command.GET).arg(Keys.DECLARED_BY),
                        Request.cmd(Command.EXISTS).arg(Keys.NAMES)))
                .map(answers -> {
                    Response who = answers.get(0);
                    Response services = answers.get(1);
                    return new Declarer(
                            who == null ? null : who.toString().split(" ", 3)[2],
                            services != null && services.toInteger() > 0);
                });
    }
}
