package io.openuptimes.web.tls;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 for the HTTP server, with HTTP/2 by ALPN. Uses BoringSSL on platforms that have a build of it,
 * otherwise the JDK's engine.
 *
 * <p>{@link #reload} applies a new certificate to new connections; open ones keep theirs. An invalid pair of files
 * changes nothing. Servers may register on another thread than reloads; reloads must not overlap.
 */
public final class ServerTls {

    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private final Vertx vertx;
    private final Settings.Tls settings;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile HttpsCertificate current;
    /** Read once but not applied yet, because the files may still be changing. */
    private @Nullable PemPair seen;
    /** The last problem, logged once; null if there was none. */
    private volatile @Nullable String problem;

    private ServerTls(Vertx vertx, Settings.Tls settings, HttpsCertificate current) {
        this.vertx = vertx;
        this.settings = settings;
        this.current = current;
    }

    /**
     * Reads certificate and key. Blocks.
     *
     * @throws InvalidSettingsException if they are not usable; the message names the setting
     */
    public static ServerTls open(Vertx vertx, Settings.Tls settings) throws InvalidSettingsException {
        HttpsCertificate first = HttpsCertificate.of(vertx, PemPair.read(settings));
        log.info("serving TLS with the certificate of {}", first);
        return new ServerTls(vertx, settings, first);
    }

    /** Adds TLS to the options of a new server. */
    public HttpServerOptions addTo(HttpServerOptions options) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(current.options());
        if (OpenSsl.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable()) {
            // clients resume with tickets, which use no memory on the server
            options.setSslEngineOptions(new OpenSSLEngineOptions().setSessionCacheEnabled(false));
        }
        return options;
    }

    /** Registers a server to receive the certificates found by {@link #reload}. */
    public void serve(HttpServer server) {
        servers.add(server);
    }

    public void forget(HttpServer server) {
        servers.remove(server);
    }

    /**
     * Reads the files, and applies a valid pair once two successive reads agree, so that half-written files are never
     * used.
     *
     * @return completes once the servers use it; never fails
     */
    public Future<Void> reload() {
        return vertx.executeBlocking(this::changed, false)
                .compose(changed -> changed == null ? Future.succeededFuture() : takeOver(changed))
                .otherwiseEmpty();
    }

    /** A new valid certificate; null if there is none. Blocks. */
    private @Nullable HttpsCertificate changed() {
        try {
            PemPair pair = PemPair.read(settings);
            boolean settled = pair.equals(seen);
            seen = pair;
            if (!settled) {
                return null;
            }
            if (pair.equals(current.pair())) {
                problem = null;
                return null;
            }
            return HttpsCertificate.of(vertx, pair);
        } catch (InvalidSettingsException e) {
            refused(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void refused(String reason) {
        if (!reason.equals(problem)) {
            log.warn("the new certificate cannot be used, the old one stays in use: {}. Correct its files", reason);
        }
        problem = reason;
    }

    private Future<Void> takeOver(HttpsCertificate changed) {
        ServerSSLOptions options = new ServerSSLOptions();
        options.setEnabledSecureTransportProtocols(PROTOCOLS).setKeyCertOptions(changed.options());
        return Future.join(servers.stream()
                        .map(server -> server.updateSSLOptions(options))
                        .toList())
                .onSuccess(updated -> {
                    current = changed;
                    problem = null;
                    log.info("serving TLS with the new certificate of {}", changed);
                })
                .onFailure(failure -> refused(String.valueOf(failure.getMessage())))
                .mapEmpty();
    }
}
