package io.openuptimes.web.board;

import java.util.Locale;

/** Case-insensitive search that does not keep a second copy of every text. */
public final class FoldedText {

    private FoldedText() {}

    /** Texts that differ only in case fold to the same text. */
    public static String fold(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /**
     * Returns whether a text contains another.
     *
     * @param sought folded
     */
    public static boolean contains(String text, String sought) {
        if (sought.isEmpty()) {
            return true;
        }
        char first = sought.charAt(0);
        int last = text.length() - sought.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return fold(text).contains(sought); // folding may change its length
            }
            if (upper(c) == first && i <= last && isAt(text, i, sought)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether a text starts with another.
     *
     * @param sought folded
     */
    public static boolean startsWith(String text, String sought) {
        return isAscii(text)
                ? sought.length() <= text.length() && isAt(text, 0, sought)
                : fold(text).startsWith(sought);
    }

    /**
     * Returns whether a text ends with another.
     *
     * @param sought folded
     */
    public static boolean endsWith(String text, String sought) {
        int from = text.length() - sought.length();
        return isAscii(text)
                ? from >= 0 && isAt(text, from, sought)
                : fold(text).endsWith(sought);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAt(String text, int from, String sought) {
        for (int i = 0; i < sought.length(); i++) {
            if (upper(text.charAt(from + i)) != sought.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Folds ASCII; leaves other characters unchanged. */
    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
}
