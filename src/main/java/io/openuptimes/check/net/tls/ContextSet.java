package io.openuptimes.check.net.tls;

import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS contexts for one client certificate, or for none: per engine, one context that verifies the server and one
 * that does not. Contexts never resume each other's sessions.
 */
final class ContextSet {

    private static final Set<String> OF_BORING_SSL = Set.of("RSA", "EC");

    /**
     * Shared by all sets.
     *
     * @param boringSsl whether a BoringSSL build exists for this platform
     */
    record Shared(
            ContextFactory factory,
            RememberedTrust trust,
            SeenCertificates seen,
            Handshakes handshakes,
            Clock clock,
            boolean boringSsl) {}

    /**
     * @param verifying checks the server's certificate
     * @param blind accepts any certificate
     */
    private record Sides(Side verifying, Side blind) {}

    private final @Nullable Sides boringSsl;
    private final Sides jdk;

    /** Takes a few milliseconds. */
    ContextSet(Shared shared, @Nullable ClientCertificate certificate) {
        ClientKeys keys = new ClientKeys(shared.handshakes, certificate);
        boringSsl = shared.boringSsl && isForBoringSsl(certificate) ? sides(shared, false, keys) : null;
        jdk = sides(shared, true, keys);
    }

    /** The BoringSSL binding cannot present other kinds of client certificate, such as Ed25519 and RSASSA-PSS. */
    private static boolean isForBoringSsl(@Nullable ClientCertificate certificate) {
        return certificate == null || OF_BORING_SSL.contains(certificate.key().getAlgorithm());
    }

    private static Sides sides(Shared shared, boolean jdk, ClientKeys keys) {
        Resumption verified = resumption(shared);
        VerifyingTrust verifying = new VerifyingTrust(shared.trust, shared.seen, shared.handshakes, verified);
        BlindTrust blind = new BlindTrust((engine, chain) -> shared.handshakes.saw(engine, shared.seen.of(chain)));
        return new Sides(
                side(shared, jdk, verifying, keys, verified), side(shared, jdk, blind, keys, resumption(shared)));
    }

    private static Side side(
            Shared shared, boolean jdk, X509TrustManager trust, ClientKeys keys, @Nullable Resumption resumption) {
        return new Side(shared.factory.build(jdk, trust, keys), resumption);
    }

    private static @Nullable Resumption resumption(Shared shared) {
        ContextFactory factory = shared.factory;
        return factory.resumption() == 0 ? null : new Resumption(factory.resumption(), shared.clock, factory.servers());
    }

    Side side(boolean withJdk, boolean ignoreErrors) {
        Sides sides = withJdk ? jdk : Objects.requireNonNullElse(boringSsl, jdk);
        return ignoreErrors ? sides.blind : sides.verifying;
    }

    boolean hasBoringSsl() {
        return boringSsl != null;
    }

    /** Handshakes already in progress continue. */
    void release() {
        List<Sides> all = new ArrayList<>(List.of(jdk));
        if (boringSsl != null) {
            all.add(boringSsl);
        }
        for (Sides sides : all) {
            ReferenceCountUtil.release(sides.verifying.context());
            ReferenceCountUtil.release(sides.blind.context());
        }
    }
}
