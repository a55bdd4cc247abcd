package io.openuptimes.check.net.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PEM private key: PKCS #8, with or without a password, and the older RSA (PKCS #1) and elliptic curve (SEC 1)
 * formats, without a password.
 */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:ENCRYPTED |RSA |EC )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private PemKey() {}

    /**
     * @param publicKey the matching public key, which determines the algorithm
     * @throws IllegalArgumentException if it is not such a key in PEM form
     */
    static PrivateKey read(byte[] pem, @Nullable String password, PublicKey publicKey) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(new String(pem, ISO_8859_1));
        if (!block.find()) {
            throw new IllegalArgumentException("no private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        PKCS8EncodedKeySpec spec =
                switch (block.group(1)) {
                    case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(der);
                    case "ENCRYPTED PRIVATE KEY" -> decrypt(der, password);
                    case "EC PRIVATE KEY" -> new PKCS8EncodedKeySpec(pkcs8(withoutCurve(der), publicKey));
                    default -> new PKCS8EncodedKeySpec(pkcs8(der, publicKey));
                };
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(spec);
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] der, @Nullable String password) throws GeneralSecurityException {
        if (password == null) {
            throw new IllegalArgumentException("needs a password");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            // for PBES2, the name comes from its parameters, such as PBEWithHmacSHA256AndAES_256
            String algorithm =
                    info.getAlgName().startsWith("PBES2") || info.getAlgName().startsWith("1.")
                            ? info.getAlgParameters().toString()
                            : info.getAlgName();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an encrypted key", e);
        }
    }

    /** Wraps the older format in PKCS#8 (RFC 5208), with the public key's algorithm (RFC 5280, section 4.1). */
    private static byte[] pkcs8(byte[] key, PublicKey publicKey) {
        return der(SEQUENCE, VERSION, algorithm(publicKey.getEncoded()), der(OCTET_STRING, key));
    }

    /** Keeps only version and number (RFC 5915): the JDK rejects the curve name, which the algorithm contains too. */
    private static byte[] withoutCurve(byte[] key) {
        int from = content(key);
        int number = from + VERSION.length;
        return der(SEQUENCE, Arrays.copyOfRange(key, from, number + 2 + key[number + 1]));
    }

    /** Offset of a sequence's content. */
    private static int content(byte[] sequence) {
        return sequence[1] >= 0 ? 2 : 2 + (sequence[1] & 0x7F);
    }

    /** The first element of the sequence. */
    private static byte[] algorithm(byte[] publicKey) {
        int from = content(publicKey);
        return Arrays.copyOfRange(publicKey, from, from + 2 + publicKey[from + 1]); // shorter than 128 bytes
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(0x82); // two bytes of length
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
