package io.openuptimes.check.tls;

import io.netty.handler.ssl.SslHandler;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Target;
import org.jspecify.annotations.Nullable;

/** The TLS handshake of one connection: its handler, what the server showed, and what a failure means. */
public final class Handshake {

    private final ClientTls tls;
    private final Target target;
    private final TlsDemands demands;
    private final SslHandler handler;
    private final boolean preferred;
    private @Nullable ServerCertificate certificate;
    private boolean asksForCertificate;

    /**
     * @param preferred whether the JDK's engine makes it only because it succeeded with that server before
     */
    Handshake(ClientTls tls, Target target, TlsDemands demands, SslHandler handler, boolean preferred) {
        this.tls = tls;
        this.target = target;
        this.demands = demands;
        this.handler = handler;
        this.preferred = preferred;
    }

    /** To be the first in the connection's pipeline; the handshake has no timeout of its own. */
    public SslHandler handler() {
        return handler;
    }

    /** That the server showed, whether it was accepted or not; null before it did, and where a session was resumed. */
    public @Nullable ServerCertificate certificate() {
        return certificate;
    }

    /** Such as {@code TLSv1.3}; null before a version was agreed on. */
    public @Nullable String version() {
        return succeeded() ? handler.engine().getSession().getProtocol() : null;
    }

    /**
     * A few words on why TLS failed, in the handshake or after it; they name no host, address or name.
     *
     * @param cause with which the handler failed
     */
    public String problem(Throwable cause) {
        return TlsFailures.text(cause, this);
    }

    /**
     * Whether another connection may do better: with the JDK's engine instead of BoringSSL, or with BoringSSL where the
     * JDK's was used for its earlier successes. Each of three handshakes at most uses another than the one before.
     *
     * @param cause with which the handshake failed
     * @return what to demand of the next handshake; null if it makes no sense
     */
    public @Nullable TlsDemands otherEngine(Throwable cause) {
        return tls.otherEngine(this, cause);
    }

    void saw(@Nullable ServerCertificate shown) {
        certificate = shown;
    }

    void sawRequestForCertificate() {
        asksForCertificate = true;
    }

    boolean succeeded() {
        return handler.handshakeFuture().isSuccess();
    }

    /** Whether the server asked for a client certificate. */
    boolean asksForCertificate() {
        return asksForCertificate;
    }

    boolean preferred() {
        return preferred;
    }

    Target target() {
        return target;
    }

    TlsDemands demands() {
        return demands;
    }
}
