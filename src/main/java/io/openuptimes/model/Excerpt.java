package io.openuptimes.model;

/** Shortens foreign text for messages and records, without splitting a surrogate pair. */
public final class Excerpt {

    private static final int MAX_NAME = 60;

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
        return of(name.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?"), MAX_NAME);
    }
}
