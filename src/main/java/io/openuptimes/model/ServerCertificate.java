package io.openuptimes.model;

import java.util.List;

/**
 * The certificate that a server showed, and how long it and its chain last.
 *
 * @param validFrom of the leaf, epoch milliseconds
 * @param validTo of the leaf, epoch milliseconds
 * @param chainValidTo when the first certificate of the chain to its authority expires, epoch milliseconds
 * @param issuer the leaf's, as RFC 2253 writes a distinguished name, at most 1,000 characters
 * @param names that the leaf is valid for: its subject alternative names of types DNS and IP, at most 100
 * @param fingerprint SHA-256 of the leaf, 64 lower-case hexadecimal digits
 */
public record ServerCertificate(
        long validFrom, long validTo, long chainValidTo, String issuer, List<String> names, String fingerprint) {

    /** The text of every failure for a certificate of another host; its names are for callers with a key. */
    public static final String OTHER_NAME = "certificate is not valid for this host name";

    public static final int MAX_NAMES = 100;
    /** Longer names are not valid for any host. */
    private static final int MAX_NAME = 255;

    private static final int MAX_ISSUER = 1_000;

    /** Cuts off what is beyond the bounds: a server may show anything, and all of it is stored. */
    public ServerCertificate {
        issuer = Excerpt.cut(issuer, MAX_ISSUER);
        names = names.stream()
                .limit(MAX_NAMES)
                .map(name -> Excerpt.cut(name, MAX_NAME))
                .toList();
    }

    /** When it, or the first of its chain, expires: epoch milliseconds. */
    public long expiresAt() {
        return Math.min(validTo, chainValidTo);
    }
}
