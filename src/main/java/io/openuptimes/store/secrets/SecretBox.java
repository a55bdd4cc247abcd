package io.openuptimes.store.secrets;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts single values with AES-256-GCM, for every kind of stored secret.
 *
 * <p>A sealed value has the form {@code enc:v1:<key id>:<base64 of nonce, ciphertext and tag>}. Its place, such as a
 * service's id and field, is authenticated with it, so that a value copied elsewhere cannot be opened. Unsealed values
 * are plain text, written by an older version or by an installation without a key. Thread-safe.
 */
public final class SecretBox {

    private static final String MARK = "enc:";
    private static final String SEALED = MARK + "v1:";
    /** Without a key, prefixes plain text that begins with the mark. */
    private static final String PLAIN = MARK + "plain:";

    private static final Pattern KEY_ID = Pattern.compile('"' + SEALED + "([0-9a-f]+):");

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyRing keys;

    public SecretBox(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * @param place where the value is stored; the same is needed to open it
     * @return the sealed value, or the plain one if there is no key
     * @throws Refused if this node no longer holds the installation's key
     */
    public String seal(String value, String place) {
        if (keys.isLocked()) {
            throw new Refused(
                    Failures.STORE_UNREACHABLE, "This node does not have the key of the installation's secrets");
        }
        SecretKey key = keys.active();
        if (key == null) {
            return looksSealed(value) ? PLAIN + value : value;
        }
        return seal(value, place, key);
    }

    static String seal(String value, String place, SecretKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(value.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all =
                    ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
            return SEALED + key.id() + ":" + Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /**
     * @throws SealedException if it is sealed with a key that this node does not hold, for another place, or damaged
     */
    public String open(String stored, String place) throws SealedException {
        if (!looksSealed(stored)) {
            return stored;
        }
        if (stored.startsWith(PLAIN)) {
            return stored.substring(PLAIN.length());
        }
        String id = keyId(stored);
        SecretKey key = id == null ? null : keys.find(id);
        if (id == null || key == null) {
            throw new SealedException(id == null ? "has no known form" : "is encrypted with the unknown key " + id);
        }
        try {
            byte[] all = Base64.getDecoder().decode(stored.substring(SEALED.length() + id.length() + 1));
            if (all.length < NONCE_BYTES) {
                throw new SealedException("is damaged");
            }
            return new String(
                    cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES), place)
                            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealedException("is damaged, or was sealed for another place");
        }
    }

    /** Whether it could be mistaken for a sealed value; it must then be sealed itself. */
    public static boolean looksSealed(String value) {
        return value.startsWith(MARK);
    }

    /** Whether it would be stored differently now: it is plain text, or sealed with a key other than the active one. */
    public boolean isStale(String stored) {
        SecretKey key = keys.active();
        return key != null && !stored.startsWith(SEALED + key.id() + ":");
    }

    /** Ids of the keys with which the sealed values in a text are encrypted. */
    public static Set<String> keyIdsIn(String text) {
        Set<String> ids = new HashSet<>();
        Matcher sealed = KEY_ID.matcher(text);
        while (sealed.find()) {
            ids.add(sealed.group(1));
        }
        return ids;
    }

    private static @Nullable String keyId(String stored) {
        int end = stored.startsWith(SEALED) ? stored.indexOf(':', SEALED.length()) : -1;
        return end < 0 ? null : stored.substring(SEALED.length(), end);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
