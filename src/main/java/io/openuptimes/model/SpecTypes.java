package io.openuptimes.model;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The check types that this version knows. */
public final class SpecTypes {

    public static final List<SpecType<?>> ALL = List.of(HttpFields.TYPE);

    /** The type of services stored before there were types. */
    static final SpecType<?> FIRST = HttpFields.TYPE;

    private SpecTypes() {}

    /** The type with this name; null if it is unknown. */
    public static @Nullable SpecType<?> named(String name) {
        for (SpecType<?> type : ALL) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** The type whose schemes include the URL's; null if there is none. */
    public static @Nullable SpecType<?> ofUrl(String url) {
        for (SpecType<?> type : ALL) {
            if (type.takes(url)) {
                return type;
            }
        }
        return null;
    }

    /** The name of the URL's type; its scheme if the type is unknown. */
    public static String nameOfUrl(String url) {
        SpecType<?> type = ofUrl(url);
        return type != null
                ? type.name()
                : url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT);
    }
}
