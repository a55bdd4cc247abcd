package io.openuptimes.check.net.tls;

import io.openuptimes.model.ServerCertificate;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Maps an engine to its handshake for the trust and key managers. Counts successful handshakes: full ones, in which the
 * server sent its certificates, and resumed ones, in which it did not.
 *
 * <p>Shared by all event loops.
 */
public final class Handshakes {

    /**
     * Carries the handshake in the engine's parameters. The JDK passes its managers a different engine from Netty's,
     * which wraps it for ALPN, but both share the parameters. Forbids no algorithm; the JDK's own constraints stay in
     * force.
     */
    private record Mark(Handshake handshake) implements AlgorithmConstraints {

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters with) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters with) {
            return true;
        }
    }

    private final Map<SSLEngine, Handshake> underWay = new ConcurrentHashMap<>();
    private final LongAdder full = new LongAdder();
    private final LongAdder resumed = new LongAdder();

    /** Tracks a new handshake until its handler reports the end. */
    void begin(Handshake handshake) {
        SSLEngine engine = handshake.handler().engine();
        underWay.put(engine, handshake);
        handshake.handler().handshakeFuture().addListener(done -> {
            underWay.remove(engine);
            if (done.isSuccess()) {
                (handshake.certificate() != null ? full : resumed).increment();
            }
        });
    }

    /** For handshakes by the JDK's engine. */
    static void mark(SSLParameters parameters, Handshake handshake) {
        parameters.setAlgorithmConstraints(new Mark(handshake));
    }

    /** Called when the server sends its certificates. */
    void saw(SSLEngine engine, @Nullable ServerCertificate certificate) {
        tell(engine, handshake -> handshake.saw(certificate));
    }

    /** Called when the server asks for a client certificate. */
    void sawRequestForCertificate(SSLEngine engine) {
        tell(engine, Handshake::sawRequestForCertificate);
    }

    private void tell(SSLEngine engine, Consumer<Handshake> news) {
        Handshake handshake = underWay.get(engine);
        if (handshake != null) {
            news.accept(handshake);
        } else if (engine.getSSLParameters().getAlgorithmConstraints() instanceof Mark mark) {
            news.accept(mark.handshake());
        }
    }

    /** Since startup. */
    public long full() {
        return full.sum();
    }

    public long resumed() {
        return resumed.sum();
    }
}
