package io.openuptimes.web.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a browser has signed in before: its random name and an expiry, with an HMAC-SHA-256 whose key is derived
 * from the stored password hash. Every node can verify a mark without storing it, and a new password invalidates all of
 * them. It grants no access.
 */
final class BrowserMark {

    static final long SECONDS = 90L * 24 * 60 * 60;

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private BrowserMark() {}

    /**
     * @param browser 16 hexadecimal digits
     * @param now epoch milliseconds
     */
    static String issue(String browser, String passwordHash, long now) {
        String text = browser + "." + (now / 1000 + SECONDS);
        return text + "." + sign(text, passwordHash);
    }

    /** The browser's name; null if the mark has expired or was not issued under this password. */
    static @Nullable String verify(String mark, String passwordHash, long now) {
        Matcher parts = FORM.matcher(mark);
        if (!parts.matches()) {
            return null;
        }
        String text = parts.group(1) + "." + parts.group(2);
        boolean valid =
                Secrets.equal(sign(text, passwordHash), parts.group(3)) && Long.parseLong(parts.group(2)) > now / 1000;
        return valid ? parts.group(1) : null;
    }

    private static String sign(String text, String passwordHash) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            String key = Secrets.sha256("browser mark " + passwordHash);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
