package io.openuptimes.web.access;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Scope;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A new key. This is the only time that its secret is available.
 *
 * @param key {@code ou_<id>_<secret>}, with a secret of 256 random bits
 * @param apiKey the part that is stored
 */
public record IssuedKey(String key, ApiKey apiKey) {

    private static final Pattern FORM = Pattern.compile("ou_([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

    /**
     * @param now epoch milliseconds
     */
    public static IssuedKey issue(String name, Scope scope, KeyLimits limits, long now) {
        String id = Secrets.id();
        String prefix = "ou_" + id;
        String key = prefix + "_" + Secrets.random();
        return new IssuedKey(key, new ApiKey(id, name, scope, limits, prefix, Secrets.sha256(key), now, 0));
    }

    /** The ID in a key; null if the key is malformed. */
    static @Nullable String idOf(String key) {
        Matcher matcher = FORM.matcher(key);
        return matcher.matches() ? matcher.group(1) : null;
    }

    @Override
    public String toString() {
        return "IssuedKey[" + apiKey + "]";
    }
}
