package io.openuptimes.check.net.tls;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.runtime.Caches;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Caches, for a few minutes, which certificates were accepted for which host. Each handshake still presents its
 * certificates. Only a byte-for-byte identical chain for the same host skips path building and signature verification,
 * which are a large part of a handshake's cost. An entry stops counting when a certificate expires, and rejections are
 * never cached.
 *
 * <p>Shared by all event loops.
 */
final class RememberedTrust {

    static final long MOST_MILLIS = 10 * 60_000L;
    /**
     * Twice the number of services that one process is designed for, because servers behind one name may have different
     * certificates. Each entry takes about 200 bytes, plus about 500 for a certificate that no other server uses.
     */
    private static final int MOST_CHAINS = 200_000;

    /**
     * @param from when it was verified, epoch milliseconds
     * @param end when the first certificate of the path expires, epoch milliseconds
     */
    record Good(long from, long end, @Nullable ServerCertificate certificate) {
        boolean isGood(long now) {
            return now >= from && now < end && now < from + MOST_MILLIS;
        }
    }

    private final ServerTrust judge;
    private final Clock clock;
    private final SeenCertificates seen;
    private final Cache<ChainDigest, Good> remembered;

    /**
     * @param judge verifies chains
     * @param clock wall clock for certificate expiry
     */
    RememberedTrust(ServerTrust judge, Clock clock, SeenCertificates seen) {
        this(judge, clock, seen, MOST_CHAINS);
    }

    /**
     * @param most maximum number of cached chains, counted per host
     */
    RememberedTrust(ServerTrust judge, Clock clock, SeenCertificates seen, int most) {
        this.judge = judge;
        this.clock = clock;
        this.seen = seen;
        this.remembered = Caches.atMost(most).build();
    }

    /**
     * @param engine the handshake's engine, created for the host
     * @throws RefusedCertificate if the chain is not trusted
     */
    Good check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        long now = clock.millis();
        // covers all inputs of the verdict
        ChainDigest key = ChainDigest.of(chain, authType, Objects.requireNonNullElse(engine.getPeerHost(), ""));
        Good good = remembered.getIfPresent(key);
        if (good == null || !good.isGood(now)) {
            judge.check(chain, authType, engine);
            ServerCertificate certificate = seen.of(chain);
            good = new Good(now, certificate == null ? now : certificate.chainValidTo(), certificate);
            remembered.put(key, good);
        }
        return good;
    }
}
