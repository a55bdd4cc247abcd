package io.openuptimes.model;

import java.util.Locale;
import java.util.Optional;

/** What a key may do. Each scope includes those before it. */
public enum Scope {
    /** See everything, services' addresses included, and have services checked now. */
    READ,
    /** Change services and their history. */
    WRITE,
    /** Make and revoke keys, complete the set-up. */
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
