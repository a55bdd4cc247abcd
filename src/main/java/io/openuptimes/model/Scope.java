package io.openuptimes.model;

import java.util.Locale;
import java.util.Optional;

/** The permissions of a key. Each scope includes the previous ones. */
public enum Scope {
    /** Read everything, including services' addresses, and request checks. */
    READ,
    /** Change services and delete history. */
    WRITE,
    /** Create and revoke keys, complete setup. */
    ADMIN;

    public boolean includes(Scope other) {
        return compareTo(other) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> ofWord(String word) {
        for (Scope scope : values()) {
            if (scope.word().equals(word)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
