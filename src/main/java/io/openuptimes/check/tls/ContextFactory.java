package io.openuptimes.check.tls;

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
 * Builds TLS contexts for clients.
 *
 * @param resumption seconds for which sessions may be resumed; 0 for never
 * @param servers whose sessions are remembered, at most
 */
public record ContextFactory(int resumption, int servers) {

    /** TLS 1.3 gives two for a handshake, as a rule. */
    private static final int SESSIONS_OF_A_SERVER = 2;

    SslContext build(boolean jdk, X509TrustManager trust, X509ExtendedKeyManager keys) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .trustManager(trust)
                    .keyManager(keys)
                    .protocols(Offer.VERSIONS)
                    .applicationProtocolConfig(Offer.alpn())
                    .endpointIdentificationAlgorithm(null); // the trust manager compares names
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

    /** All that the JDK enables by default; Netty would enable fewer. */
    private static List<String> jdkCiphers() throws NoSuchAlgorithmException {
        return List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
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
    private SslContext withSessions(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.sessionCacheSize((long) SESSIONS_OF_A_SERVER * servers)
                .sessionTimeout(resumption)
                .build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(true);
            sessions.setTicketKeys(); // none of ours; it lets the server's tickets in
        }
        return context;
    }
}
