package io.openuptimes.store.access;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.ApiKeyCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** API keys. Stores only hashes, never keys. */
final class KeyStore {

    private static final List<String> HASHES = List.of(Keys.API_KEYS, Keys.API_KEYS_LIMITED, Keys.API_KEYS_SETUP);

    private final Link link;
    private final Commits commits;

    KeyStore(Link link, Commits commits) {
        this.link = link;
        this.commits = commits;
    }

    /** All keys, including expired ones, oldest first. */
    Future<List<ApiKey>> all() {
        List<Request> reads = new ArrayList<>();
        HASHES.forEach(hash -> reads.add(Request.cmd(Command.HGETALL).arg(hash)));
        reads.add(Request.cmd(Command.HGETALL).arg(Keys.API_KEYS_USED));
        return link.batch(reads).map(answers -> {
            Response used = answers.get(HASHES.size());
            List<ApiKey> keys = new ArrayList<>();
            for (Response records : answers.subList(0, HASHES.size())) {
                if (records != null) {
                    for (String id : records.getKeys()) {
                        Response lastUsed = used == null ? null : used.get(id);
                        ApiKey key = ApiKeyCodec.decode(
                                id, records.get(id).toString(), lastUsed == null ? 0 : lastUsed.toLong());
                        if (key != null) {
                            keys.add(key);
                        }
                    }
                }
            }
            keys.sort(Comparator.comparingLong(ApiKey::createdAt).thenComparing(ApiKey::id));
            return List.copyOf(keys);
        });
    }

    Future<@Nullable ApiKey> find(String id) {
        List<Request> reads = HASHES.stream()
                .map(hash -> Request.cmd(Command.HGET).arg(hash).arg(id))
                .toList();
        return link.batch(reads).map(answers -> {
            for (Response json : answers) {
                if (json != null) {
                    return ApiKeyCodec.decode(id, json.toString(), 0);
                }
            }
            return null;
        });
    }

    Future<Void> save(ApiKey key) {
        return commits.run("HSET", hashOf(key.limits()), key.id(), ApiKeyCodec.encode(key))
                .mapEmpty();
    }

    private static String hashOf(KeyLimits limits) {
        return limits.selector().isAll() && limits.expiresAt() == 0 ? Keys.API_KEYS : Keys.API_KEYS_LIMITED;
    }

    /**
     * @return fails with {@link Failures#NOT_FOUND}
     */
    Future<Void> delete(String id) {
        Future<Boolean> found = Future.succeededFuture(false);
        for (String hash : HASHES) {
            found = found.compose(deleted -> deleted ? Future.succeededFuture(true) : deleteFrom(hash, id));
        }
        return found.compose(deleted -> deleted
                        ? Future.<@Nullable Void>succeededFuture()
                        : Future.failedFuture(new Refused(Failures.NOT_FOUND, "Key not found")))
                // the deletion counts even if removing the last use fails
                .compose(deleted -> link.send(Request.cmd(Command.HDEL)
                                .arg(Keys.API_KEYS_USED)
                                .arg(id))
                        .transform(forgotten -> Future.succeededFuture()));
    }

    private Future<Boolean> deleteFrom(String hash, String id) {
        return commits.run("HDEL", hash, id).map(deleted -> deleted != null && deleted.toInteger() == 1);
    }

    /**
     * @param at epoch milliseconds
     */
    Future<Void> touch(String id, long at) {
        return link.send(Request.cmd(Command.HSET)
                        .arg(Keys.API_KEYS_USED)
                        .arg(id)
                        .arg(at))
                .mapEmpty();
    }
}
