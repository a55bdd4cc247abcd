package io.openuptimes.check.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateExecutor;
import io.openuptimes.model.Target;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as a new visitor meets it: BoringSSL where there is a build of it, otherwise the JDK's engine; no session is
 * resumed, because a resumed one shows no certificate, unless the settings say for how long that is good enough.
 *
 * <p>Two contexts serve all checks of all event loops. (The clients of Vert.x keep one for each server name, without a
 * bound, and build it on the event loop.)
 */
public final class ClientTls {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);
    private static final long CLOSE_NOTIFY_MILLIS = 500;
    /** TLS 1.3 gives two for a handshake, as a rule. */
    private static final int SESSIONS_OF_A_SERVER = 2;

    /**
     * @param resumption null where sessions are not resumed
     */
    private record Side(SslContext context, @Nullable Resumption resumption) {

        /** The port in the key of the engine's session cache. */
        int cachePort(Target target) {
            return resumption == null ? target.port() : resumption.period(target);
        }
    }

    private final Handshakes handshakes = new Handshakes();
    private final Side verifying;
    private final Side trusting;

    public ClientTls(X509ExtendedTrustManager trust) {
        this(trust, OpenSsl.isAvailable());
    }

    public ClientTls(X509ExtendedTrustManager trust, boolean boringSsl) {
        this(trust, boringSsl, 0, Clock.systemUTC());
    }

    /**
     * @param resumption seconds for which sessions may be resumed without another full handshake; 0 for never
     * @param clock the time of day, by which certificates expire
     */
    public ClientTls(X509ExtendedTrustManager trust, boolean boringSsl, int resumption, Clock clock) {
        this(trust, boringSsl, resumption, clock, Resumption.MOST_SERVERS);
    }

    /**
     * @param servers whose sessions are remembered, at most
     */
    public ClientTls(X509ExtendedTrustManager trust, boolean boringSsl, int resumption, Clock clock, int servers) {
        LOG.info(boringSsl ? "TLS of checks: BoringSSL" : "TLS of checks: the JDK's, no BoringSSL on this platform");
        SslProvider provider = boringSsl ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
        Resumption verified = resumption == 0 ? null : new Resumption(resumption, clock, servers);
        RememberedTrust remembered = new RememberedTrust(trust, clock, (engine, end) -> {
            handshakes.saw(engine);
            if (verified != null) {
                verified.saw(engine.getPeerPort(), end);
            }
        });
        verifying = new Side(
                context(
                        SslContextBuilder.forClient()
                                .sslProvider(provider)
                                .trustManager(remembered)
                                .endpointIdentificationAlgorithm("HTTPS"),
                        resumption,
                        servers),
                verified);
        trusting = new Side(
                context(
                        SslContextBuilder.forClient()
                                .sslProvider(provider)
                                .trustManager(new BlindTrust(handshakes::saw))
                                .endpointIdentificationAlgorithm(null),
                        resumption,
                        servers),
                resumption == 0 ? null : new Resumption(resumption, clock, servers));
    }

    private static SslContext context(SslContextBuilder builder, int resumption, int servers) {
        try {
            return resumption == 0 ? withoutSessions(builder) : withSessions(builder, resumption, servers);
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** The JDK knows no way to turn the cache off: it then holds one session, for a second. */
    private static SslContext withoutSessions(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.sessionCacheSize(1).sessionTimeout(1).build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }

    /** Both engines' caches grow with what is in them. */
    private static SslContext withSessions(SslContextBuilder builder, int seconds, int servers) throws SSLException {
        SslContext context = builder.sessionCacheSize((long) SESSIONS_OF_A_SERVER * servers)
                .sessionTimeout(seconds)
                .build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(true);
            sessions.setTicketKeys(); // none of ours; it lets the server's tickets in
        }
        return context;
    }

    /** The client's side of a connection; its handshake has no timeout of its own. */
    public SslHandler handler(Target target, boolean ignoreErrors, ByteBufAllocator allocator) {
        Side side = ignoreErrors ? trusting : verifying;
        SslHandler handler =
                side.context.newHandler(allocator, target.host(), side.cachePort(target), ImmediateExecutor.INSTANCE);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        SSLEngine engine = handler.engine();
        handshakes.begin(engine);
        handler.handshakeFuture().addListener(done -> handshakes.end(engine, done.isSuccess()));
        SNIHostName name = serverName(target);
        if (name != null) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(name));
            engine.setSSLParameters(parameters);
        }
        return handler;
    }

    /** Also for a name of one label, which the engines by themselves would not send; null for an address. */
    private static @Nullable SNIHostName serverName(Target target) {
        if (target.isAddress()) {
            return null;
        }
        String host = target.host();
        try {
            return new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        } catch (IllegalArgumentException e) {
            return null; // a name with an underscore cannot be indicated
        }
    }

    public Handshakes handshakes() {
        return handshakes;
    }

    public void close() {
        ReferenceCountUtil.release(verifying.context);
        ReferenceCountUtil.release(trusting.context);
    }
}
