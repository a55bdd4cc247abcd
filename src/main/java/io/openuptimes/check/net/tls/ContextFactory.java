package io.openuptimes.check.net.tls;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * Builds client TLS contexts.
 *
 * @param resumption seconds during which sessions may be resumed; 0 disables resumption
 * @param servers maximum number of servers with cached sessions
 */
public record ContextFactory(int resumption, int servers) {

    /** TLS 1.3 servers usually issue two per handshake. */
    private static final int SESSIONS_OF_A_SERVER = 2;

    SslContext build(boolean jdk, Alpn alpn, X509TrustManager trust, X509ExtendedKeyManager keys) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .trustManager(trust)
                    .keyManager(keys)
                    .protocols(Offer.VERSIONS)
                    .applicationProtocolConfig(Offer.of(alpn))
                    .endpointIdentificationAlgorithm(null); // the trust manager verifies names
            if (jdk) {
                builder.sslProvider(SslProvider.JDK).ciphers(jdkCiphers(), SupportedCipherSuiteFilter.INSTANCE);
            } else {
                builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                        .ciphers(Offer.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                        .option(OpenSslContextOption.GROUPS, Offer.groups());
            }
            return resumption == 0 ? withoutSessions(builder) : withSessions(builder);
        } catch (SSLException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** All cipher suites that the JDK enables by default; Netty would enable fewer. */
    private static List<String> jdkCiphers() throws NoSuchAlgorithmException {
        return List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
    }

    /** The JDK cannot disable its session cache, so it is limited to one session for one second. */
    private static SslContext withoutSessions(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.sessionCacheSize(1).sessionTimeout(1).build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }

    /** Both engines' caches grow only as sessions are added. */
    private SslContext withSessions(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.sessionCacheSize((long) SESSIONS_OF_A_SERVER * servers)
                .sessionTimeout(resumption)
                .build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(true);
            sessions.setTicketKeys(); // no keys of our own; the call enables tickets from servers
        }
        return context;
    }
}
