package io.openuptimes.model.field;

/** The JSON type of a field. */
public enum FieldKind {
    TEXT("string"),
    WHOLE("integer"),
    /** Epoch milliseconds. */
    TIME("integer"),
    FLAG("boolean"),
    /** An object whose members are strings. */
    TEXTS("object"),
    /** A list of strings. */
    NAMES("array");

    private final String type;

    FieldKind(String type) {
        this.type = type;
    }

    /** As in a JSON schema. */
    public String type() {
        return type;
    }
}
