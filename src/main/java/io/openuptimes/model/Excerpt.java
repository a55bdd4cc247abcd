package io.openuptimes.model;

/** The beginning of a text that somebody else wrote, for messages and records. It never ends in half a character. */
public final class Excerpt {

    private static final int MAX_NAME = 60;

    private Excerpt() {}

    /** The text, or so many UTF-16 units of it at most. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /** As {@link #cut}, with an ellipsis where something is left out. */
    public static String of(String text, int max) {
        return text.length() <= max ? text : cut(text, max) + "…";
    }

    /** A name to quote in a message: in one line, and without unpaired surrogates, which UTF-8 cannot hold. */
    public static String ofName(String name) {
        return of(name.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?"), MAX_NAME);
    }
}
