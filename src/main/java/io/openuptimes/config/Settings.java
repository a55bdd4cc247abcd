package io.openuptimes.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be set, checked and complete. {@link SettingsReader} makes it. */
public record Settings(
        Http http,
        Node node,
        Redis redis,
        EmbeddedRedis embeddedRedis,
        Checks checks,
        Egress egress,
        Services services,
        Store store,
        Access access,
        Secrets secrets,
        Metrics metrics,
        Log log) {

    /**
     * @param host where to listen
     * @param port 0 takes a free one
     * @param instances event loops that serve HTTP
     * @param rateLimit requests a second for a client, with a burst of twice that; 0 for no limit
     * @param maxEventStreams open at the same time, in all; a tenth of it from one address
     * @param proxies in front of this service
     * @param basePath below which everything is served, such as {@code /uptime}; empty for the root
     * @param allowedOrigins whose pages may send credentials, such as {@code https://status.example.com}
     * @param tls certificate and key for HTTPS; null for plain HTTP
     */
    public record Http(
            String host,
            int port,
            int instances,
            int rateLimit,
            int maxEventStreams,
            Proxies proxies,
            String basePath,
            List<String> allowedOrigins,
            @Nullable Tls tls) {
        public Http {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /** The headers by which proxies tell of the original request. */
    public enum ForwardingHeaders {
        /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Prefix}. */
        X_FORWARDED,
        /** {@code Forwarded} of RFC 7239, which has no prefix. */
        FORWARDED
    }

    /**
     * @param trusted addresses and CIDR blocks whose headers count
     * @param headers that they set
     * @param prefixes that {@code X-Forwarded-Prefix} may have, such as {@code /uptime}
     */
    public record Proxies(List<String> trusted, ForwardingHeaders headers, List<String> prefixes) {
        public Proxies {
            trusted = List.copyOf(trusted);
            prefixes = List.copyOf(prefixes);
        }
    }

    /**
     * @param cert PEM file of the server's certificate, followed by the intermediate ones
     * @param key PEM file of its private key, without a passphrase
     */
    public record Tls(String cert, String key) {}

    /**
     * @param name by which people know this process among others on the same Redis
     * @param location where it is; null where that is not said
     */
    public record Node(String name, @Nullable String location) {}

    /**
     * @param type {@code standalone}, {@code sentinel} or {@code cluster}
     * @param urls {@code redis://} or {@code rediss://}, with a password and a database number if need be: of the
     *     server, of sentinels or of nodes of the cluster; the first one's user, password, scheme and database count for
     *     the servers. Empty for the embedded Redis
     * @param master name by which the sentinels know the master and its replicas
     * @param sentinelUser of the sentinels; null for the default user
     * @param sentinelPassword of the sentinels; null where they want none
     * @param dataDir where the embedded Redis keeps its files
     * @param caFile certificates trusted for {@code rediss://} in place of the system's, PEM; null for the system's
     */
    public record Redis(
            String type,
            List<String> urls,
            String master,
            @Nullable String sentinelUser,
            @Nullable String sentinelPassword,
            String dataDir,
            @Nullable String caFile) {
        public Redis {
            urls = List.copyOf(urls);
        }

        @Override
        public String toString() {
            return "Redis[type=" + type + ", url=" + (urls.isEmpty() ? "none" : "***") + ", master=" + master
                    + ", sentinelPassword=" + redacted(sentinelPassword) + ", dataDir=" + dataDir + "]";
        }
    }

    /**
     * How the Redis runs that the service starts where it is given none.
     *
     * @param server its program: {@code auto}, {@code bundled} or an absolute path
     * @param maxMemory the most it may store, in bytes; 0 for no limit, null for a share of the machine's memory
     */
    public record EmbeddedRedis(String server, @Nullable Long maxMemory) {}

    /**
     * @param interval seconds between two checks of a service that sets none
     * @param instances event loops that check
     * @param maxInFlight checks that run at the same time, in all
     * @param maxPerHost checks that run at the same time against one host and port
     * @param caFile certificates trusted besides the system's, PEM; null for none
     * @param tlsResumption seconds for which a check may resume a TLS session instead of making a full handshake; 0
     *     for never
     * @param nameServers asked for names in place of the system's; empty for the system's
     * @param clientCertificates that services may name, by name
     */
    public record Checks(
            int interval,
            int instances,
            int maxInFlight,
            int maxPerHost,
            @Nullable String caFile,
            int tlsResumption,
            List<InetSocketAddress> nameServers,
            Map<String, ClientCertificate> clientCertificates) {
        public Checks {
            nameServers = List.copyOf(nameServers);
            clientCertificates = Map.copyOf(clientCertificates);
        }

        /** With the system's name servers, and no client certificates. */
        public Checks(
                int interval,
                int instances,
                int maxInFlight,
                int maxPerHost,
                @Nullable String caFile,
                int tlsResumption) {
            this(interval, instances, maxInFlight, maxPerHost, caFile, tlsResumption, List.of(), Map.of());
        }
    }

    /**
     * @param cert PEM file of the certificate, followed by the intermediate ones
     * @param key PEM file of its private key
     * @param keyPassword of the key's file; null where it is not encrypted
     */
    public record ClientCertificate(
            String cert, String key, @Nullable String keyPassword) {
        @Override
        public String toString() {
            return "ClientCertificate[cert=" + cert + ", key=" + key + ", keyPassword=" + redacted(keyPassword) + "]";
        }
    }

    /**
     * Which addresses may be connected to on behalf of users.
     *
     * @param deny addresses and CIDR blocks
     * @param allow likewise; the longest prefix counts, {@code deny} on a tie
     * @param privateRanges whether loopback and private ranges are allowed where neither says anything
     */
    public record Egress(List<String> deny, List<String> allow, boolean privateRanges) {
        public Egress {
            deny = List.copyOf(deny);
            allow = List.copyOf(allow);
        }
    }

    /**
     * @param file where services are declared, YAML or JSON; null for the usual place, where nothing need be
     */
    public record Services(@Nullable String file) {}

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
     * @param key that secrets of services are encrypted with, 32 bytes in base64 or hexadecimal or a passphrase; null for
     *     none
     * @param previousKeys by which secrets can be read as well
     */
    public record Secrets(@Nullable String key, List<String> previousKeys) {
        public Secrets {
            previousKeys = List.copyOf(previousKeys);
        }

        @Override
        public String toString() {
            return "Secrets[key=" + redacted(key) + ", previousKeys=" + previousKeys.size() + "]";
        }
    }

    /**
     * @param services whether {@code /metrics} has series for each service
     * @param details whether those include failure class, status code and phases
     * @param labels of services that become labels of their series
     */
    public record Metrics(boolean services, boolean details, List<String> labels) {
        public Metrics {
            labels = List.copyOf(labels);
        }
    }

    /**
     * @param level of the service's own lines: error, warn, info, debug
     * @param json one JSON object a line instead of text
     */
    public record Log(String level, boolean json) {}

    private static String redacted(@Nullable String secret) {
        return secret == null ? "none" : "***";
    }
}
