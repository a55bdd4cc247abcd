package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.http.HttpType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check types that a node knows.
 *
 * @param all in the order of forms
 */
public record CheckTypes(List<CheckType<?>> all) {

    /** One line per type. */
    public static final CheckTypes STANDARD = new CheckTypes(List.of(
            new HttpType() //
            ));

    /**
     * @throws IllegalArgumentException if two types share a name or a scheme
     */
    public CheckTypes {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        Set<String> schemes = new HashSet<>();
        for (CheckType<?> type : all) {
            if (!names.add(type.name())) {
                throw new IllegalArgumentException("two check types are named " + type.name());
            }
            for (String scheme : type.schemes()) {
                if (!schemes.add(scheme.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException("two check types have the scheme " + scheme);
                }
            }
        }
    }

    /** The type that checks a URL; null if none does. */
    public @Nullable CheckType<?> ofUrl(String url) {
        for (CheckType<?> type : all) {
            for (String scheme : type.schemes()) {
                if (hasScheme(url, scheme)) {
                    return type;
                }
            }
        }
        return null;
    }

    /** Whether a URL begins with a scheme and {@code ://}, in any case (RFC 3986, section 3.1). */
    static boolean hasScheme(String url, String scheme) {
        return url.startsWith("://", scheme.length()) && url.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Creates the probers of all types. Slow on a cold JVM; not for an event loop. */
    public Probers probers(Network network) {
        return Probers.of(this, network);
    }
}
