package io.openuptimes.model;

import java.util.List;

/** A minimum TLS version of a service. */
public enum TlsVersion {
    V1_2("1.2"),
    V1_3("1.3");

    /** The values of the service's field. */
    static final List<String> TEXTS = List.of(V1_2.text, V1_3.text);

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
     * @param given expected to be a string
     * @throws InvalidInputException if it is not a version
     */
    static TlsVersion parse(String field, Object given) throws InvalidInputException {
        try {
            return of(given instanceof String text ? text : "");
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Problem.notAmong(ProblemCode.NOT_ALLOWED, field, String.valueOf(e.getMessage()), TEXTS));
        }
    }
}
