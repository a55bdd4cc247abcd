package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/** A minimum TLS version of a service. */
public enum TlsVersion {
    V1_2("1.2"),
    V1_3("1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** The value of the service's field. */
    public String text() {
        return text;
    }

    /**
     * Parses the value.
     *
     * @throws IllegalArgumentException if it is unknown
     */
    public static TlsVersion of(String text) {
        for (TlsVersion version : values()) {
            if (version.text.equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException("must be \"1.2\" or \"1.3\"");
    }

    /**
     * Reads the value of a field.
     *
     * @param given expected to be a string; null for none
     * @throws InvalidInputException if it is not a version
     */
    static @Nullable TlsVersion parse(String field, @Nullable Object given) throws InvalidInputException {
        if (given == null) {
            return null;
        }
        try {
            return of(given instanceof String text ? text : "");
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(field, String.valueOf(e.getMessage()));
        }
    }
}
