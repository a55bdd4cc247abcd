package io.openuptimes.check.net.tls;

import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS contexts for one client certificate, or for none: per offer of application protocols and engine, one context
 * that verifies the server and one that does not. Contexts never resume each other's sessions.
 */
final class ContextSet {

    private static final Set<String> OF_BORING_SSL = Set.of("RSA", "EC");

    /**
     * Shared by all sets.
     *
     * @param boringSsl whether a BoringSSL build exists for this platform
     * @param offers for which each set has contexts from the start; others are created when they are first used
     */
    record Shared(
            ContextFactory factory,
            RememberedTrust trust,
            SeenCertificates seen,
            Handshakes handshakes,
            Clock clock,
            boolean boringSsl,
            Set<Alpn> offers) {

        /**
         * @param boringSsl whether a BoringSSL build exists for this platform
         */
        Shared(
                ContextFactory factory,
                RememberedTrust trust,
                SeenCertificates seen,
                Handshakes handshakes,
                Clock clock,
                boolean boringSsl) {
            this(factory, trust, seen, handshakes, clock, boringSsl, ConcurrentHashMap.newKeySet());
        }
    }

    /**
     * @param verifying checks the server's certificate
     * @param blind accepts any certificate
     */
    private record Sides(Side verifying, Side blind) {}

    /** The contexts for one offer, by engine. */
    private record Engines(@Nullable Sides boringSsl, Sides jdk) {

        List<Sides> all() {
            return boringSsl == null ? List.of(jdk) : List.of(jdk, boringSsl);
        }
    }

    private final Shared shared;
    private final ClientKeys keys;
    private final boolean boringSsl;
    private final Map<Alpn, Engines> byOffer = new ConcurrentHashMap<>();

    /** Takes a few milliseconds. */
    ContextSet(Shared shared, @Nullable ClientCertificate certificate) {
        this.shared = shared;
        this.keys = new ClientKeys(shared.handshakes, certificate);
        this.boringSsl = shared.boringSsl && isForBoringSsl(certificate);
        shared.offers.forEach(this::offer);
    }

    /** The BoringSSL binding cannot present other kinds of client certificate, such as Ed25519 and RSASSA-PSS. */
    private static boolean isForBoringSsl(@Nullable ClientCertificate certificate) {
        return certificate == null || OF_BORING_SSL.contains(certificate.key().getAlgorithm());
    }

    /** Creates the contexts with an offer, if there are none; takes a few milliseconds. */
    void offer(Alpn alpn) {
        engines(alpn);
    }

    private Engines engines(Alpn alpn) {
        Engines known = byOffer.get(alpn);
        return known != null ? known : byOffer.computeIfAbsent(alpn, this::build);
    }

    private Engines build(Alpn alpn) {
        return new Engines(boringSsl ? sides(false, alpn) : null, sides(true, alpn));
    }

    private Sides sides(boolean jdk, Alpn alpn) {
        Resumption verified = resumption(shared);
        VerifyingTrust verifying = new VerifyingTrust(shared.trust, shared.seen, shared.handshakes, verified);
        BlindTrust blind = new BlindTrust((engine, chain) -> shared.handshakes.saw(engine, shared.seen.of(chain)));
        return new Sides(side(jdk, alpn, verifying, verified), side(jdk, alpn, blind, resumption(shared)));
    }

    private Side side(boolean jdk, Alpn alpn, X509TrustManager trust, @Nullable Resumption resumption) {
        return new Side(shared.factory.build(jdk, alpn, trust, keys), resumption);
    }

    private static @Nullable Resumption resumption(Shared shared) {
        ContextFactory factory = shared.factory;
        return factory.resumption() == 0 ? null : new Resumption(factory.resumption(), shared.clock, factory.servers());
    }

    Side side(TlsDemands demands, boolean withJdk) {
        Engines engines = engines(demands.alpn());
        Sides sides = withJdk ? engines.jdk : Objects.requireNonNullElse(engines.boringSsl, engines.jdk);
        return demands.ignoreErrors() ? sides.blind : sides.verifying;
    }

    boolean hasBoringSsl() {
        return boringSsl;
    }

    /** Handshakes already in progress continue. */
    void release() {
        for (Engines engines : byOffer.values()) {
            for (Sides sides : engines.all()) {
                ReferenceCountUtil.release(sides.verifying.context());
                ReferenceCountUtil.release(sides.blind.context());
            }
        }
    }
}
