package io.openuptimes.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check types of this version, one line each in {@code META-INF/services/io.openuptimes.model.SpecType}. Nothing
 * else names a type's package.
 */
public final class SpecTypes {

    /** In the order of their lines. */
    public static final List<SpecType<?>> ALL = distinct(installed());

    /** The type of services stored before there were types. */
    static final SpecType<?> FIRST = Objects.requireNonNull(named("http"), "the check type http is missing");

    private SpecTypes() {}

    private static List<SpecType<?>> installed() {
        List<SpecType<?>> installed = new ArrayList<>();
        for (SpecType<?> type : ServiceLoader.load(SpecType.class, SpecTypes.class.getClassLoader())) {
            installed.add(type);
        }
        return installed;
    }

    /**
     * @throws IllegalStateException if two types share a name or a scheme
     */
    static List<SpecType<?>> distinct(List<SpecType<?>> types) {
        Set<String> names = new HashSet<>();
        Set<String> schemes = new HashSet<>();
        for (SpecType<?> type : types) {
            if (!names.add(type.name())) {
                throw new IllegalStateException("two check types are named " + type.name());
            }
            for (String scheme : type.schemes()) {
                if (!schemes.add(scheme)) {
                    throw new IllegalStateException("two check types have the scheme " + scheme);
                }
            }
        }
        return List.copyOf(types);
    }

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
