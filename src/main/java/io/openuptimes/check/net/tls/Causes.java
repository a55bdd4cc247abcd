package io.openuptimes.check.net.tls;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Searches an exception's cause chain. */
public final class Causes {

    private static final int MOST = 12;

    private Causes() {}

    public static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type) != null;
    }

    /** Returns the first exception of that type, starting with the failure itself. */
    public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        return all(failure).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }

    /** Returns the exception and its causes, up to a bound, because cause chains can be cyclic. */
    public static Stream<Throwable> all(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST);
    }
}
