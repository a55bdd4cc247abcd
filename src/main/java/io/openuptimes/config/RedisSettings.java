package io.openuptimes.config;

import io.openuptimes.config.SettingValues.Given;
import io.openuptimes.config.Settings.EmbeddedRedis;
import io.openuptimes.config.Settings.Redis;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads the section {@code redis}: the addresses of Redis, or the settings of the embedded one. */
final class RedisSettings {

    /** An empty Redis with connections already takes a few MiB, and a full one accepts no writes. */
    private static final long MIN_MEMORY = 16L << 20;

    private final SettingValues values;

    RedisSettings(SettingValues values) {
        this.values = values;
    }

    Redis redis() {
        Redis redis = new Redis(
                values.choice("redis.type", "standalone", List.of("standalone", "sentinel", "cluster")),
                urls("redis.url"),
                values.text("redis.master", "mymaster"),
                values.optional("redis.sentinelUser"),
                values.optional("redis.sentinelPassword"),
                values.text("redis.dataDir", "./data", "OPENUPTIMES_DATA_DIR"),
                values.optional("redis.caFile"));
        boolean standalone = redis.type().equals("standalone");
        if (standalone && redis.urls().size() > 1) {
            values.problem("redis.url: several URLs require redis.type sentinel or cluster");
        }
        if (!standalone && redis.urls().isEmpty() && values.find("redis.url", "REDIS_URL") == null) {
            values.problem("redis.type: \"" + redis.type() + "\" needs a redis.url");
        }
        if (redis.urls().stream()
                        .map(url -> URI.create(url).getScheme())
                        .distinct()
                        .count()
                > 1) {
            values.problem("redis.url: must not mix redis:// and rediss:// URLs");
        }
        if (redis.type().equals("cluster")
                && redis.urls().stream()
                        .anyMatch(url -> URI.create(url).getPath().matches("/0*[1-9][0-9]*"))) {
            values.problem("redis.url: a cluster supports only database 0");
        }
        if (redis.sentinelUser() != null && redis.sentinelPassword() == null) {
            values.problem("redis.sentinelUser: needs a redis.sentinelPassword");
        }
        return redis;
    }

    private List<String> urls(String key) {
        Given given = values.find(key, "REDIS_URL");
        if (given == null) {
            return List.of();
        }
        // a password may contain a comma
        List<String> urls = given.parts(",\\s*(?=rediss?://)");
        List<String> valid = new ArrayList<>();
        for (String url : urls) {
            if (isRedisUrl(url)) {
                valid.add(url);
            } else {
                // omit the value, which may contain a password
                values.problem(given.source() + ": must be redis://[user:password@]host:port[/database], or rediss://");
            }
        }
        return valid;
    }

    private static boolean isRedisUrl(String text) {
        try {
            URI url = new URI(text);
            return List.of("redis", "rediss").contains(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() <= 65535
                    && url.getPath().matches("(/[0-9]{0,5})?")
                    && url.getQuery() == null
                    && url.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    EmbeddedRedis embedded() {
        return new EmbeddedRedis(server("redis.server"), values.bytes("redis.maxMemory", MIN_MEMORY));
    }

    private String server(String key) {
        Given given = values.find(key);
        String server = given == null ? "auto" : given.value().toString();
        if (given != null && !List.of("auto", "bundled").contains(server) && !new File(server).isAbsolute()) {
            values.problem(given.source() + ": must be auto, bundled or the absolute path of a program, not \"" + server
                    + "\"");
        }
        return server;
    }
}
