package io.openuptimes.store;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import org.jspecify.annotations.Nullable;

/** How we speak to Redis. */
public final class RedisClients {

    /** Commands under way on a connection; the queues before it have bounds of their own. */
    private static final int MAX_WAITING = 100_000;

    private RedisClients() {}

    /**
     * Options for a server.
     *
     * @param url {@code redis://} or {@code rediss://}, whose certificate must be valid for its host
     * @param caFile certificates to trust instead of the system's, PEM; null for none
     */
    public static RedisOptions options(String url, @Nullable String caFile) {
        RedisOptions options = new RedisOptions().setConnectionString(url).setMaxWaitingHandlers(MAX_WAITING);
        options.getNetClientOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (caFile != null) {
            options.getNetClientOptions().setTrustOptions(new PemTrustOptions().addCertPath(caFile));
        }
        return options;
    }
}
