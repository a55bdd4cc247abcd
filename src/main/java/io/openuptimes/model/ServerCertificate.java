package io.openuptimes.model;

import java.util.List;

/**
 * A server's certificate and the validity of its chain.
 *
 * @param validFrom of the leaf, epoch milliseconds
 * @param validTo of the leaf, epoch milliseconds
 * @param chainValidTo when the first certificate of the chain expires, epoch milliseconds
 * @param issuer of the leaf, a distinguished name as in RFC 2253, at most 1,000 characters
 * @param names subject alternative names of the leaf, of types DNS and IP, at most 100
 * @param fingerprint SHA-256 of the leaf, 64 lower-case hexadecimal digits
 */
public record ServerCertificate(
        long validFrom, long validTo, long chainValidTo, String issuer, List<String> names, String fingerprint) {

    /** Text of a failure caused by another host's certificate; only callers with a key see its names. */
    public static final String OTHER_NAME = "certificate is not valid for this host name";

    public static final int MAX_NAMES = 100;
    /** Longer names cannot match any host. */
    private static final int MAX_NAME = 255;

    private static final int MAX_ISSUER = 1_000;

    /** Truncates values, because a server can present anything and all of it is stored. */
    public ServerCertificate {
        issuer = Excerpt.cut(issuer, MAX_ISSUER);
        names = names.stream()
                .limit(MAX_NAMES)
                .map(name -> Excerpt.cut(name, MAX_NAME))
                .toList();
    }

    /** When it or its chain expires, epoch milliseconds. */
    public long expiresAt() {
        return Math.min(validTo, chainValidTo);
    }
}
