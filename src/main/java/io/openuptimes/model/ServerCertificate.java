package io.openuptimes.model;

import java.util.List;

/**
 * The certificate that a server showed, and how long it and its chain last.
 *
 * @param validFrom of the leaf, epoch milliseconds
 * @param validTo of the leaf, epoch milliseconds
 * @param chainValidTo when the first certificate of the chain expires, epoch milliseconds
 * @param issuer the leaf's, as RFC 2253 writes a distinguished name
 * @param names that the leaf is valid for: its subject alternative names of types DNS and IP, at most 100
 * @param fingerprint SHA-256 of the leaf, 64 lower-case hexadecimal digits
 */
public record ServerCertificate(
        long validFrom, long validTo, long chainValidTo, String issuer, List<String> names, String fingerprint) {

    public ServerCertificate {
        names = List.copyOf(names);
    }
}
