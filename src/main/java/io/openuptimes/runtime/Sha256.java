package io.openuptimes.runtime;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every JDK has. */
public final class Sha256 {

    private Sha256() {}

    /** A new digest, for one hash. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Adds a part with its length, so that the boundaries between parts affect the hash. */
    public static void add(MessageDigest digest, byte[] part) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (part.length >>> shift));
        }
        digest.update(part);
    }
}
