package io.openuptimes.check.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openuptimes.model.Sha256;
import java.net.Socket;
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
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a few minutes which certificates were found good for which host. Each handshake still shows its
 * certificates, and only the very same ones, byte for byte, of the same host are taken without building their path and
 * checking its signatures anew, which is a good part of what a handshake costs. One that expires is seen to at that
 * moment, and nothing bad is ever remembered.
 *
 * <p>Used by all event loops.
 */
final class RememberedTrust extends X509ExtendedTrustManager {

    static final long MOST_MILLIS = 10 * 60_000L;
    /**
     * With more in turn, each would be forgotten before its next check. Twice the services that one process is made for:
     * servers behind one name may have certificates of their own. Each takes some 200 bytes.
     */
    private static final int MOST_CHAINS = 200_000;

    /**
     * @param from when it was checked, epoch milliseconds
     * @param end when the first of the certificates expires
     */
    private record Good(long from, long end) {
        boolean isGood(long now) {
            return now >= from && now < end && now < from + MOST_MILLIS;
        }
    }

    /** Is told of each handshake whose certificates were good. */
    interface Witness {
        /**
         * @param end when the first of the certificates expires, epoch milliseconds
         */
        void saw(SSLEngine engine, long end);
    }

    private final X509ExtendedTrustManager judge;
    private final Clock clock;
    private final Witness witness;
    private final Map<ByteBuffer, Good> remembered;

    /**
     * @param judge does the checking
     * @param clock the time of day, by which certificates expire
     */
    RememberedTrust(X509ExtendedTrustManager judge, Clock clock, Witness witness) {
        this(judge, clock, witness, MOST_CHAINS);
    }

    /**
     * @param most chains that are remembered, each with its host
     */
    RememberedTrust(X509ExtendedTrustManager judge, Clock clock, Witness witness, int most) {
        this.judge = judge;
        this.clock = clock;
        this.witness = witness;
        this.remembered = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Good> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        long now = clock.millis();
        ByteBuffer key = digest(chain, authType, engine.getPeerHost());
        Good good = find(key);
        if (good == null || !good.isGood(now)) {
            judge.checkServerTrusted(chain, authType, engine);
            good = new Good(now, end(chain, now));
            remember(key, good);
        }
        witness.saw(engine, good.end);
    }

    private synchronized @Nullable Good find(ByteBuffer key) {
        return remembered.get(key);
    }

    private synchronized void remember(ByteBuffer key, Good good) {
        remembered.remove(key); // the newest is the last in the order
        remembered.put(key, good);
    }

    /** One that had expired before is not what the others' being good rests on. */
    private static long end(X509Certificate[] chain, long now) {
        long first = Long.MAX_VALUE;
        for (X509Certificate certificate : chain) {
            long end = certificate.getNotAfter().toInstant().toEpochMilli();
            if (end > now) {
                first = Math.min(first, end);
            }
        }
        return first;
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

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
