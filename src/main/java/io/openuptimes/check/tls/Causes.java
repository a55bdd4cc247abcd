package io.openuptimes.check.tls;

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
        Throwable at = failure;
        for (int i = 0; at != null && i < MOST; i++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }
}
