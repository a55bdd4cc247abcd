package io.openuptimes.model;

import java.util.Locale;

/** The kind of a {@link Problem}, for programs. Pages translate these codes; they never parse messages. */
public enum ProblemCode {
    /** The field must be given. */
    REQUIRED,
    /** There is no such field; {@code allowed} lists the existing ones. */
    UNKNOWN_FIELD,
    /** Another JSON type is expected: {@code type}. */
    WRONG_TYPE,
    /** Not a whole number from {@code min} to {@code max}. */
    OUT_OF_RANGE,
    /** Fewer than {@code min} characters. */
    TOO_SHORT,
    /** More than {@code max} characters. */
    TOO_LONG,
    /** More than {@code max} entries. */
    TOO_MANY,
    /** Not one of {@code allowed}. */
    NOT_ALLOWED,
    /** The text does not have the required syntax. */
    INVALID_FORMAT,
    /** The server sets the field. */
    READ_ONLY,
    /** The value contradicts the field {@code with}. */
    CONFLICTS,
    /** The same value occurs twice. */
    DUPLICATE,
    /** The field cannot be set before all nodes have been upgraded. */
    NOT_YET,
    /** Any other problem; only the message describes it. */
    INVALID;

    /** The API's word, such as {@code out_of_range}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
