package io.openuptimes.check.tls;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through the causes of an exception. */
public final class Causes {

    private static final int MOST = 12;

    private Causes() {}

    public static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type) != null;
    }

    /** The first of that type, the exception itself included. */
    public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        return all(failure).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }

    /** The exception itself and its causes, up to a bound: they may go round in a circle. */
    public static Stream<Throwable> all(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST);
    }
}
