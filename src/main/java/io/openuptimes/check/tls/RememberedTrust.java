package io.openuptimes.check.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a few minutes which certificates were found good for which host. Each handshake still shows its
 * certificates, and only the very same ones, byte for byte, of the same host are taken without building their path and
 * checking its signatures anew, which is a good part of what a handshake costs. One that expires is seen to at that
 * moment, and nothing bad is ever remembered.
 *
 * <p>Used by all event loops.
 */
final class RememberedTrust {

    static final long MOST_MILLIS = 10 * 60_000L;
    /**
     * With more in turn, each would be forgotten before its next check. Twice the services that one process is made for:
     * servers behind one name may have certificates of their own. Each takes some 200 bytes, and a
     * certificate that no other server has some 500 more.
     */
    private static final int MOST_CHAINS = 200_000;

    /**
     * @param from when it was checked, epoch milliseconds
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
    private final Map<ByteBuffer, Good> remembered;

    /**
     * @param judge does the checking
     * @param clock the time of day, by which certificates expire
     */
    RememberedTrust(ServerTrust judge, Clock clock, SeenCertificates seen) {
        this(judge, clock, seen, MOST_CHAINS);
    }

    /**
     * @param most chains that are remembered, each with its host
     */
    RememberedTrust(ServerTrust judge, Clock clock, SeenCertificates seen, int most) {
        this.judge = judge;
        this.clock = clock;
        this.seen = seen;
        this.remembered = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Good> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * @param engine that makes the handshake, created for the host
     * @throws RefusedCertificate if it is not to be trusted
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
        remembered.remove(key); // the newest is the last in the order
        remembered.put(key, good);
    }

    /** Of all that the verdict depends on. */
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
