package io.openuptimes.check.net.tls;

import io.netty.handler.ssl.SslHandler;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Target;
import org.jspecify.annotations.Nullable;

/** The TLS handshake of one connection: its handler, the server's certificate, and the reason for a failure. */
public final class Handshake {

    private final ClientTls tls;
    private final Target target;
    private final TlsDemands demands;
    private final SslHandler handler;
    private final boolean preferred;
    private @Nullable ServerCertificate certificate;
    private boolean asksForCertificate;

    /**
     * @param preferred whether the JDK's engine is used only because it succeeded with this server before
     */
    Handshake(ClientTls tls, Target target, TlsDemands demands, SslHandler handler, boolean preferred) {
        this.tls = tls;
        this.target = target;
        this.demands = demands;
        this.handler = handler;
        this.preferred = preferred;
    }

    /** Must be first in the connection's pipeline; the handshake has no timeout of its own. */
    public SslHandler handler() {
        return handler;
    }

    /** The server's certificate, accepted or not; null before it arrives and if a session was resumed. */
    public @Nullable ServerCertificate certificate() {
        return certificate;
    }

    /** Such as {@code TLSv1.3}; null before a version is negotiated. */
    public @Nullable String version() {
        return succeeded() ? handler.engine().getSession().getProtocol() : null;
    }

    /**
     * Returns a short reason why TLS failed, during the handshake or later, without host names or addresses.
     *
     * @param cause the handler's failure
     */
    public String problem(Throwable cause) {
        return TlsFailures.text(cause, this);
    }

    /**
     * Decides whether to retry on another connection: with the JDK's engine instead of BoringSSL, or with BoringSSL if
     * the JDK's engine was chosen for its earlier successes. There are at most three handshakes, each with a different
     * engine than the one before.
     *
     * @param cause the handshake's failure
     * @return requirements for the next handshake; null if a retry cannot help
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

    /** Returns whether the server asked for a client certificate. */
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
