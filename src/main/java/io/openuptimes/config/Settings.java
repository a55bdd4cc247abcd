package io.openuptimes.config;

import io.openuptimes.model.Policy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All settings, complete and validated. {@link SettingsReader} creates them. */
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
     * @param host listen address
     * @param port listen port; 0 for any free port
     * @param instances event loops that serve HTTP
     * @param rateLimit requests per second and client, with a burst of twice that; 0 for no limit
     * @param maxEventStreams maximum number of open event streams; a tenth of it per address
     * @param proxies in front of this service
     * @param basePath prefix of all paths, such as {@code /uptime}; empty for the root
     * @param allowedOrigins origins whose pages may send credentials, such as {@code https://status.example.com}
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

    /** The headers in which proxies describe the original request. */
    public enum ForwardingHeaders {
        /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Prefix}. */
        X_FORWARDED,
        /** {@code Forwarded} of RFC 7239, which has no prefix. */
        FORWARDED
    }

    /**
     * @param trusted addresses and CIDR blocks of proxies whose headers are trusted
     * @param headers the headers that they set
     * @param prefixes allowed values of {@code X-Forwarded-Prefix}, such as {@code /uptime}
     */
    public record Proxies(List<String> trusted, ForwardingHeaders headers, List<String> prefixes) {
        public Proxies {
            trusted = List.copyOf(trusted);
            prefixes = List.copyOf(prefixes);
        }
    }

    /**
     * @param cert PEM file with the server's certificate, followed by intermediate certificates
     * @param key PEM file with its private key, without a passphrase
     */
    public record Tls(String cert, String key) {}

    /**
     * @param name identifies this process among others on the same Redis
     * @param location where the process runs; null if not set
     */
    public record Node(String name, @Nullable String location) {}

    /**
     * @param type {@code standalone}, {@code sentinel} or {@code cluster}
     * @param urls {@code redis://} or {@code rediss://}, optionally with a password and a database number: of the
     *     server, the sentinels or the cluster's nodes; the first URL's user, password, scheme and database apply to
     *     all servers. Empty for the embedded Redis
     * @param master the sentinels' name for the master and its replicas
     * @param sentinelUser of the sentinels; null for the default user
     * @param sentinelPassword of the sentinels; null if they require none
     * @param dataDir data directory of the embedded Redis
     * @param caFile PEM file of certificates trusted for {@code rediss://} instead of the system's; null for the
     *     system's
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
     * Settings of the Redis that the service runs itself if no URL is set.
     *
     * @param server its executable: {@code auto}, {@code bundled} or an absolute path
     * @param maxMemory maximum memory for data, in bytes; 0 for no limit, null for a share of the machine's memory
     */
    public record EmbeddedRedis(String server, @Nullable Long maxMemory) {}

    /**
     * @param interval seconds between two checks of a service without an interval
     * @param instances event loops that run checks
     * @param maxInFlight maximum number of concurrent checks
     * @param maxPerHost maximum number of concurrent checks per host and port
     * @param caFile PEM file of certificates trusted in addition to the system's; null for none
     * @param tlsResumption seconds during which a check may resume a TLS session instead of making a full handshake; 0
     *     for never
     * @param nameServers replace the system's name servers; empty for the system's
     * @param clientCertificates that services may refer to, by name
     * @param policy of services that set none, complete
     */
    public record Checks(
            int interval,
            int instances,
            int maxInFlight,
            int maxPerHost,
            @Nullable String caFile,
            int tlsResumption,
            List<InetSocketAddress> nameServers,
            Map<String, ClientCertificate> clientCertificates,
            Policy policy) {
        public Checks {
            nameServers = List.copyOf(nameServers);
            clientCertificates = Map.copyOf(clientCertificates);
        }

        /** With the system's name servers, without client certificates, and with results that count at once. */
        public Checks(
                int interval,
                int instances,
                int maxInFlight,
                int maxPerHost,
                @Nullable String caFile,
                int tlsResumption) {
            this(
                    interval,
                    instances,
                    maxInFlight,
                    maxPerHost,
                    caFile,
                    tlsResumption,
                    List.of(),
                    Map.of(),
                    Policy.PLAIN);
        }
    }

    /**
     * @param cert PEM file with the certificate, followed by intermediate certificates
     * @param key PEM file with its private key
     * @param keyPassword password of the key file; null if it is not encrypted
     */
    public record ClientCertificate(
            String cert, String key, @Nullable String keyPassword) {
        @Override
        public String toString() {
            return "ClientCertificate[cert=" + cert + ", key=" + key + ", keyPassword=" + redacted(keyPassword) + "]";
        }
    }

    /**
     * Addresses to which users may make the service connect.
     *
     * @param deny addresses and CIDR blocks
     * @param allow addresses and CIDR blocks; the longest matching prefix wins, {@code deny} on a tie
     * @param privateRanges whether loopback and private ranges are allowed if neither list matches
     */
    public record Egress(List<String> deny, List<String> allow, boolean privateRanges) {
        public Egress {
            deny = List.copyOf(deny);
            allow = List.copyOf(allow);
        }
    }

    /**
     * @param file declared services, YAML or JSON; null for the default path, which may be missing
     */
    public record Services(@Nullable String file) {}

    /**
     * @param queue maximum number of results waiting for Redis; when it is full, the oldest are dropped
     * @param batch maximum number of results per pipeline
     */
    public record Store(int queue, int batch) {}

    /**
     * @param apiKey an admin key that is valid from startup; null for none
     */
    public record Access(@Nullable String apiKey) {
        @Override
        public String toString() {
            return "Access[apiKey=" + redacted(apiKey) + "]";
        }
    }

    /**
     * @param key encrypts the services' secrets: 32 bytes in base64 or hexadecimal, or a passphrase; null for none
     * @param previousKeys can also decrypt secrets
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
     * @param labels service labels that become labels of their series
     */
    public record Metrics(boolean services, boolean details, List<String> labels) {
        public Metrics {
            labels = List.copyOf(labels);
        }
    }

    /**
     * @param level for the service's own log lines: error, warn, info, debug
     * @param json one JSON object per line instead of text
     */
    public record Log(String level, boolean json) {}

    private static String redacted(@Nullable String secret) {
        return secret == null ? "none" : "***";
    }
}
