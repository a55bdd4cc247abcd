package io.openuptimes.model;

import java.util.regex.Pattern;

/** Shortens foreign text for messages and records, without splitting a surrogate pair. */
public final class Excerpt {

    private static final int MAX_NAME = 60;
    /** Control characters, line separators, unpaired surrogates, and marks that change the direction of writing. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private Excerpt() {}

    /** The text, cut to at most {@code max} UTF-16 units. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /** Like {@link #cut}, with an ellipsis if anything was cut off. */
    public static String of(String text, int max) {
        return text.length() <= max ? text : cut(text, max) + "…";
    }

    /** A name for quoting in a message: single-line, and without unpaired surrogates, which UTF-8 cannot represent. */
    public static String ofName(String name) {
        return oneLine(name, MAX_NAME);
    }

    /**
     * The beginning of a text as part of a log line, with a question mark for each character that could break the line,
     * reorder it, or drive a terminal.
     *
     * @param max UTF-16 units
     */
    public static String oneLine(String text, int max) {
        return UNSAFE.matcher(of(text, max)).replaceAll("?");
    }
}
