package io.openuptimes.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can be set, checked and complete. {@link SettingsReader} makes it. */
public record Settings(Http http, Redis redis, Checks checks, Store store, Access access, Metrics metrics, Log log) {

    /**
     * @param host where to listen
     * @param port 0 takes a free one
     * @param instances event loops that serve HTTP
     * @param rateLimit requests a second for a client, with a burst of twice that; 0 for no limit
     * @param maxEventStreams open at the same time, in all; a tenth of it from one address
     * @param trustedProxies addresses and CIDR blocks whose {@code X-Forwarded-For} and {@code -Proto} count
     */
    public record Http(
            String host, int port, int instances, int rateLimit, int maxEventStreams, List<String> trustedProxies) {
        public Http {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * @param url {@code redis://} or {@code rediss://}, with a password and a database number if need be; null for
     *     the embedded Redis
     * @param dataDir where the embedded Redis keeps its files
     * @param caFile certificates trusted for {@code rediss://} in place of the system's, PEM; null for the system's
     */
    public record Redis(
            @Nullable String url, String dataDir, @Nullable String caFile) {
        @Override
        public String toString() {
            return "Redis[url=" + redacted(url) + ", dataDir=" + dataDir + "]";
        }
    }

    /**
     * @param interval seconds between two checks of a service that sets none
     * @param maxInFlight checks that run at the same time, in all
     * @param maxPerHost checks that run at the same time against one host and port
     * @param caFile certificates trusted besides the system's, PEM; null for none
     */
    public record Checks(
            int interval,
            int maxInFlight,
            int maxPerHost,
            @Nullable String caFile) {}

    /**
     * @param queue results that wait for Redis at most; when there are more, the oldest go
     * @param batch results written in one pipeline at most
     */
    public record Store(int queue, int batch) {}

    /**
     * @param apiKey an admin key accepted from the start; null for none
     */
    public record Access(@Nullable String apiKey) {
        @Override
        public String toString() {
            return "Access[apiKey=" + redacted(apiKey) + "]";
        }
    }

    /**
     * @param services whether {@code /metrics} has a gauge for each service
     */
    public record Metrics(boolean services) {}

    /**
     * @param level of the service's own lines: error, warn, info, debug
     * @param json one JSON object a line instead of text
     */
    public record Log(String level, boolean json) {}

    private static String redacted(@Nullable String secret) {
        return secret == null ? "none" : "***";
    }
}
