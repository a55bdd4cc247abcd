package io.openuptimes.store.link;

import io.openuptimes.config.Settings;
import io.openuptimes.runtime.HostPort;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.impl.RedisURI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Connection options for Redis. */
public final class RedisClients {

    /** Commands in flight per connection; the queues in front of it have their own limits. */
    private static final int MAX_WAITING = 100_000;

    private RedisClients() {}

    /**
     * Options for a server.
     *
     * @param url {@code redis://} or {@code rediss://}, whose certificate must be valid for its host
     * @param caFile certificates to trust instead of the system's, PEM; null for none
     */
    public static RedisOptions options(String url, @Nullable String caFile) {
        return base(caFile).setConnectionString(url);
    }

    /**
     * Options for one server, sentinels or a cluster. With several URLs, the first one's user, password, scheme and
     * database apply to all servers.
     *
     * @param settings with at least one URL
     */
    public static RedisOptions options(Settings.Redis settings) {
        List<String> urls = settings.urls();
        RedisClientType type = RedisClientType.valueOf(settings.type().toUpperCase(Locale.ROOT));
        if (type == RedisClientType.STANDALONE) {
            return options(urls.get(0), settings.caFile());
        }
        RedisURI first = new RedisURI(urls.get(0));
        RedisOptions options = base(settings.caFile())
                .setType(type)
                .setMasterName(settings.master())
                .setUser(first.user())
                .setPassword(first.password());
        for (String url : urls) {
            RedisURI uri = new RedisURI(url);
            String userInfo = type == RedisClientType.SENTINEL ? userInfo(settings) : "";
            String database = first.select() == null ? "" : "/" + first.select();
            options.addConnectionString(scheme(first)
                    + userInfo
                    + HostPort.of(
                            uri.socketAddress().host(), uri.socketAddress().port())
                    + database);
        }
        return options;
    }

    /**
     * Options for one of several servers.
     *
     * @param options of all of them
     * @param address see {@link HostPort#of(String, int)}
     */
    static RedisOptions server(RedisOptions options, String address) {
        RedisURI any = new RedisURI(options.getEndpoint());
        String database = any.select() == null ? "" : "/" + any.select();
        return one(options, scheme(any) + address + database);
    }

    /**
     * Options for a sentinel, which has its own users and no databases.
     *
     * @param url one of the options' endpoints
     */
    static RedisOptions sentinel(RedisOptions options, String url) {
        return one(options, url.replaceFirst("/[0-9]*$", "")).setUser(null).setPassword(null);
    }

    private static RedisOptions one(RedisOptions options, String url) {
        return new RedisOptions(options)
                .setType(RedisClientType.STANDALONE)
                .setNetClientOptions(new NetClientOptions(options.getNetClientOptions()))
                .setEndpoints(List.of(url));
    }

    /** The servers, sentinels or nodes that the options name. */
    public static List<SocketAddress> endpoints(RedisOptions options) {
        return options.getEndpoints().stream()
                .map(url -> new RedisURI(url).socketAddress())
                .toList();
    }

    private static String scheme(RedisURI uri) {
        return uri.ssl() ? "rediss://" : "redis://";
    }

    private static String userInfo(Settings.Redis settings) {
        String password = settings.sentinelPassword();
        return password == null ? "" : encoded(settings.sentinelUser()) + ":" + encoded(password) + "@";
    }

    private static String encoded(@Nullable String text) {
        return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static RedisOptions base(@Nullable String caFile) {
        RedisOptions options = new RedisOptions().setMaxWaitingHandlers(MAX_WAITING);
        options.getNetClientOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (caFile != null) {
            options.getNetClientOptions().setTrustOptions(new PemTrustOptions().addCertPath(caFile));
        }
        return options;
    }
}
