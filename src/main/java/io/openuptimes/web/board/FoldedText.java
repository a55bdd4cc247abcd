package io.openuptimes.web.board;

import java.util.Locale;

/** Searching without regard to case, without keeping a second copy of every text. */
public final class FoldedText {

    private FoldedText() {}

    /** Texts that differ in nothing but case are the same when folded. */
    public static String fold(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /**
     * Whether a text is in another.
     *
     * @param sought folded
     */
    public static boolean contains(String text, String sought) {
        int last = text.length() - sought.length();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return fold(text).contains(sought); // its length may change
            }
        }
        for (int i = 0; i <= last; i++) {
            if (isAt(text, i, sought)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(String text, int from, String sought) {
        for (int i = 0; i < sought.length(); i++) {
            char c = text.charAt(from + i);
            if ((c >= 'a' && c <= 'z' ? c - 32 : c) != sought.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
