package io.openuptimes.check.net.tls;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.runtime.Caches;
import io.openuptimes.runtime.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Caches the details reported about server certificates. Parsing names and issuer takes longer than a cache lookup, and
 * all checks of servers with the same chain share one copy.
 *
 * <p>Shared by all event loops.
 */
final class SeenCertificates {

    /**
     * Keeps chains that are seen often or recently; a dropped one is parsed again. Each takes about 700 bytes, with many names
     * 10 KiB.
     */
    private static final int MOST_CHAINS = 5_000;

    private final TrustAnchors anchors;
    private final Cache<ChainDigest, ServerCertificate> byChain =
            Caches.atMost(MOST_CHAINS).build();

    /**
     * @param anchors the trusted authorities, where certificate paths end
     */
    SeenCertificates(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    /**
     * @param chain the leaf first
     * @return null if the JDK cannot encode it
     */
    @Nullable
    ServerCertificate of(X509Certificate[] chain) {
        try {
            ChainDigest key = ChainDigest.of(chain);
            ServerCertificate known = byChain.getIfPresent(key);
            return known != null ? known : remember(key, read(chain));
        } catch (CertificateEncodingException e) {
            return null;
        }
    }

    private ServerCertificate remember(ChainDigest key, ServerCertificate read) {
        ServerCertificate other = byChain.asMap().putIfAbsent(key, read);
        return other != null ? other : read;
    }

    private ServerCertificate read(X509Certificate[] chain) throws CertificateEncodingException {
        X509Certificate leaf = chain[0];
        return new ServerCertificate(
                leaf.getNotBefore().toInstant().toEpochMilli(),
                leaf.getNotAfter().toInstant().toEpochMilli(),
                CertificatePath.of(chain, anchors).end(),
                leaf.getIssuerX500Principal().getName(),
                HostNames.of(leaf, ServerCertificate.MAX_NAMES),
                HexFormat.of().formatHex(Sha256.digest().digest(leaf.getEncoded())));
    }
}
