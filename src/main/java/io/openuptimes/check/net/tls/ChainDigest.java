package io.openuptimes.check.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openuptimes.runtime.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * The SHA-256 of a certificate chain, optionally with further texts. There may be 200,000 digests, and four longs take
 * half the memory of a wrapped array.
 */
record ChainDigest(long a, long b, long c, long d) {

    /**
     * @param more texts hashed before the chain, in this order
     */
    static ChainDigest of(X509Certificate[] chain, String... more) throws CertificateEncodingException {
        MessageDigest digest = Sha256.digest();
        for (String text : more) {
            Sha256.add(digest, text.getBytes(UTF_8));
        }
        for (X509Certificate certificate : chain) {
            Sha256.add(digest, certificate.getEncoded());
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new ChainDigest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
