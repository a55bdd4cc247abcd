package io.openuptimes.store.command;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Node;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.embedded.DirectoryInUseException;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.nodes.LiveNodes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A command's access to the configured store, with or without a running service. Must be closed after use.
 *
 * <p>If a service runs the embedded Redis, the command shares it. Otherwise the server is started for the command, and
 * no service can start until it is closed.
 */
public final class StoreAccess {

    private static final long CONNECT_TIMEOUT_MS = 10_000;
    private static final long AGAIN_MS = 200;
    /** A server that was just started may have gigabytes to load. */
    private static final long LOAD_TIMEOUT_MS = TimeUnit.MINUTES.toMillis(10);

    /** The server that has the data. */
    public enum Server {
        /** The configured Redis: a server, sentinels or a cluster. */
        EXTERNAL,
        /** The embedded Redis of a running service, or of another command. */
        RUNNING,
        /** The embedded Redis, started for this command: no service is running. */
        STARTED
    }

    /** What to do if there is no data directory. */
    public enum Missing {
        REFUSE,
        CREATE
    }

    private final Vertx vertx;
    private final StorePlace place;
    private final Context context;
    private final Link link;

    private StoreAccess(Vertx vertx, StorePlace place, Context context, Link link) {
        this.vertx = vertx;
        this.place = place;
        this.context = context;
        this.link = link;
    }

    /**
     * Opens the store.
     *
     * @return fails with an {@link IOException} whose message says what to do, with {@link InvalidSettingsException},
     *     or with {@link io.openuptimes.store.format.FormatMismatch}
     */
    public static Future<StoreAccess> open(Vertx vertx, Settings settings, Missing missing) {
        return attempt(vertx, settings, missing, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_TIMEOUT_MS));
    }

    private static Future<StoreAccess> attempt(Vertx vertx, Settings settings, Missing missing, long deadline) {
        return vertx.executeBlocking(() -> StorePlace.find(settings, missing))
                .compose(place -> connect(vertx, place))
                .recover(failure -> failure instanceof DirectoryInUseException && System.nanoTime() < deadline
                        ? vertx.timer(AGAIN_MS, TimeUnit.MILLISECONDS)
                                .compose(waited -> attempt(vertx, settings, missing, deadline))
                        : Future.failedFuture(failure));
    }

    private static Future<StoreAccess> connect(Vertx vertx, StorePlace place) {
        Context context = vertx.getOrCreateContext();
        Promise<Void> up = Promise.promise();
        Links links = new Links(vertx, place.options(), Script.loads(), DataIdentity.any(Keys.SETTINGS));
        Link link = links.to("command", () -> up.tryComplete(), () -> {});
        StoreAccess access = new StoreAccess(vertx, place, context, link);
        context.runOnContext(start -> link.open());
        return up.future()
                .timeout(patience(place.server()), TimeUnit.MILLISECONDS)
                .recover(late -> Future.failedFuture(place.unreachable()))
                .compose(there -> access.run(StoreFormat::check))
                .map(access)
                .recover(failure -> access.close().transform(closed -> Future.failedFuture(failure)));
    }

    private static long patience(Server server) {
        return switch (server) {
            case EXTERNAL -> CONNECT_TIMEOUT_MS;
            case RUNNING -> CONNECT_TIMEOUT_MS / 4;
            case STARTED -> LOAD_TIMEOUT_MS;
        };
    }

    public Server server() {
        return place.server();
    }

    /** Runs work on the link's event loop, as {@link Link} requires. */
    public <T> Future<T> run(Function<Link, Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(start -> Future.succeededFuture(link).compose(work).onComplete(done));
        return done.future();
    }

    /** The nodes that currently use this store. */
    public Future<List<Node>> liveNodes() {
        // entries left by a killed service may not have expired yet
        return place.server() == Server.STARTED ? Future.succeededFuture(List.of()) : run(LiveNodes::of);
    }

    /** Closes the connection, and stops the server if it was started for this command. Always succeeds. */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(start -> link.close().onComplete(closed));
        return closed.future().transform(ended -> stop());
    }

    private Future<Void> stop() {
        EmbeddedRedis started = place.started();
        return started == null
                ? Future.succeededFuture()
                : vertx.<Void>executeBlocking(() -> {
                            started.close();
                            return null;
                        })
                        .otherwiseEmpty();
    }
}
