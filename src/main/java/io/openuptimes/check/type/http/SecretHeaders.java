package io.openuptimes.check.type.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognizes headers that hold credentials by name: {@code Authorization}, {@code Cookie}, {@code X-Api-Key}, {@code
 * PRIVATE-TOKEN} and the like. Errs on the side of secrecy.
 */
final class SecretHeaders {

    static final Pattern NAME = Pattern.compile(
            "auth|bearer|cookie|credential|jwt|passw|passphrase|secret|session|signature|token|keys?($|[^a-z])");

    private SecretHeaders() {}

    static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }
}
