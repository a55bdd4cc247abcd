package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.http.HttpCheckType;
import io.openuptimes.model.SpecType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The check types for which a node has probers.
 *
 * @param all in the order of the pages' form
 */
public record CheckTypes(List<CheckType<?>> all) {

    /** One line per type. */
    public static final CheckTypes STANDARD = new CheckTypes(List.of(
            new HttpCheckType() //
            ));

    /**
     * @throws IllegalArgumentException if two types share a name or a scheme
     */
    public CheckTypes {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        Set<String> schemes = new HashSet<>();
        for (CheckType<?> type : all) {
            SpecType<?> spec = type.spec();
            if (!names.add(spec.name())) {
                throw new IllegalArgumentException("two check types are named " + spec.name());
            }
            for (String scheme : spec.schemes()) {
                if (!schemes.add(scheme)) {
                    throw new IllegalArgumentException("two check types have the scheme " + scheme);
                }
            }
        }
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
