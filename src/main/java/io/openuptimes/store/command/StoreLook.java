package io.openuptimes.store.command;

import io.openuptimes.config.Settings;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.format.Formats;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether this version reads the data of the configured store. Looking changes nothing and starts no server.
 *
 * @param refused whether a start would be refused because of the format of the data
 * @param text the finding as a sentence, without a full stop
 */
public record StoreLook(boolean refused, String text) {

    /** Enough for a Redis that runs; the look is optional. */
    private static final long TIMEOUT_MS = 2_000;

    /** Looks; fails only for a reason that is neither the data nor the connection. */
    public static Future<StoreLook> at(Vertx vertx, Settings settings) {
        boolean embedded = settings.redis().urls().isEmpty();
        return vertx.executeBlocking(() -> options(settings))
                .compose(options -> options.isEmpty()
                        ? Future.succeededFuture(unchecked("no service has used the data directory "
                                + settings.redis().dataDir()))
                        : format(vertx, options.get())
                                .map(StoreLook::readable)
                                .recover(failure -> StoreFormat.isMismatch(failure)
                                        ? Future.succeededFuture(
                                                new StoreLook(true, String.valueOf(failure.getMessage())))
                                        : Future.succeededFuture(unchecked(reason(failure, embedded)))));
    }

    private static Optional<RedisOptions> options(Settings settings) throws IOException {
        return settings.redis().urls().isEmpty()
                ? EmbeddedRedis.runningUrl(Path.of(settings.redis().dataDir()))
                        .map(url -> RedisClients.options(url, null))
                : Optional.of(RedisClients.options(settings.redis()));
    }

    private static Future<Integer> format(Vertx vertx, RedisOptions options) {
        Promise<Integer> format = Promise.promise();
        Links links = new Links(vertx, options, List.of(), DataIdentity.any(Keys.SETTINGS));
        vertx.getOrCreateContext().runOnContext(start -> {
            Promise<Void> up = Promise.promise();
            Link link = links.to("look", () -> up.tryComplete(), () -> {});
            link.open();
            up.future()
                    .compose(there -> StoreFormat.check(link))
                    .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .eventually(link::close)
                    .onComplete(format);
        });
        return format.future();
    }

    private static StoreLook readable(int format) {
        return new StoreLook(
                false,
                format == Formats.UNNUMBERED
                        ? "The stored data has no format yet, or that of an earlier version; this version reads it"
                        : "The stored data has format " + format + ", which this version reads");
    }

    private static String reason(Throwable failure, boolean embedded) {
        if (!(failure instanceof TimeoutException)) {
            return String.valueOf(failure.getMessage());
        }
        return (embedded ? "the embedded Redis" : "Redis") + " gave no usable answer within 2 s";
    }

    private static StoreLook unchecked(String why) {
        return new StoreLook(false, "The stored data was not checked: " + why);
    }
}
