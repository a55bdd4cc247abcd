package io.openuptimes.check.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openuptimes.model.ServerCertificate;
import io.openuptimes.runtime.BoundedMap;
import io.openuptimes.runtime.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
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
     * If more chains were checked in turn, each would be evicted before its next check. Twice the number of services
     * that one process is designed for, because servers behind one name may have different certificates. Each entry
     * takes about 200 bytes, plus about 500 for a certificate that no other server uses.
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
    private final BoundedMap<ByteBuffer, Good> remembered;

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
        this.remembered = BoundedMap.insertionOrder(most);
    }

    /**
     * @param engine the handshake's engine, created for the host
     * @throws RefusedCertificate if the chain is not trusted
     */
    Good check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        long now = clock.millis();
        ByteBuffer key = digest(chain, authType, engine.getPeerHost());
        Good good = find(key);
        if (good == null || !good.isGood(now)) {
            judge.check(chain, authType, engine);
            ServerCertificate certificate = seen.of(chain);
            good = new Good(now, certificate == null ? now : certificate.chainValidTo(), certificate);
            remember(key, good);
        }
        return good;
    }

    private synchronized @Nullable Good find(ByteBuffer key) {
        return remembered.get(key);
    }

    private synchronized void remember(ByteBuffer key, Good good) {
        remembered.putLast(key, good);
    }

    /** Covers all inputs of the verdict. */
    private static ByteBuffer digest(X509Certificate[] chain, String authType, @Nullable String host)
            throws CertificateEncodingException {
        MessageDigest digest = Sha256.digest();
        Sha256.add(digest, authType.getBytes(UTF_8));
        Sha256.add(digest, Objects.requireNonNullElse(host, "").getBytes(UTF_8));
        for (X509Certificate certificate : chain) {
            Sha256.add(digest, certificate.getEncoded());
        }
        return ByteBuffer.wrap(digest.digest());
    }
}
