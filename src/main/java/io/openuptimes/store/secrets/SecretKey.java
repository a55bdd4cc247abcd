package io.openuptimes.store.secrets;

import io.openuptimes.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for encrypting secrets.
 *
 * @param id identifies the key without revealing anything about it, 8 hexadecimal digits
 * @param aes of 256 bits
 */
public record SecretKey(String id, SecretKeySpec aes) {

    private static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BASE64 = Pattern.compile("[0-9A-Za-z+/_-]{43}=?");

    /** OWASP's figure for PBKDF2 with HMAC-SHA-256; takes about half a second, once at startup. */
    private static final int ITERATIONS = 600_000;

    /** The same for all installations, because each node must derive the same key before it reads anything. */
    private static final byte[] SALT = "openuptimes secrets v1".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ID_LABEL = "openuptimes key id".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_DIGITS = 8;

    /**
     * Parses a key from the settings: 32 bytes in hexadecimal or base64 are the key; any other text is a passphrase,
     * which is stretched. Blocks meanwhile.
     */
    public static SecretKey parse(String text) {
        String given = text.strip();
        if (HEX.matcher(given).matches()) {
            return of(HexFormat.of().parseHex(given));
        }
        if (BASE64.matcher(given).matches()) {
            return of(Base64.getUrlDecoder()
                    .decode(given.replace('+', '-').replace('/', '_').replace("=", "")));
        }
        return of(stretched(given));
    }

    static SecretKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        var digest = Sha256.digest();
        digest.update(ID_LABEL);
        String id = HexFormat.of().formatHex(digest.digest(bytes)).substring(0, ID_DIGITS);
        return new SecretKey(id, new SecretKeySpec(bytes, "AES"));
    }

    private static byte[] stretched(String passphrase) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(passphrase.toCharArray(), SALT, ITERATIONS, BYTES * Byte.SIZE))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return "SecretKey[" + id + "]";
    }
}
