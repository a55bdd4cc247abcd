package io.openuptimes.model;

import java.text.Normalizer;
import java.util.Locale;

/** Folds names so that similar-looking ones become equal: NFKC, ignoring case, invisible characters and extra spaces. */
public final class LookAlikes {

    private LookAlikes() {}

    /** The folded name. */
    public static String fold(String name) {
        if (name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return name.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(name.length());
        // upper case first, because several lower-case letters may share one upper-case form
        String cased = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        boolean gap = false;
        for (int c :
                Normalizer.normalize(cased, Normalizer.Form.NFKC).codePoints().toArray()) {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = !folded.isEmpty();
            } else if (!isIgnorable(c)) {
                folded.append(gap ? " " : "").appendCodePoint(c);
                gap = false;
            }
        }
        return folded.toString();
    }

    /** Whether a character is invisible by itself. */
    static boolean isIgnorable(int c) {
        return Character.getType(c) == Character.FORMAT || isSelector(c) || isFiller(c);
    }

    /** Whether it selects a variant of the preceding character. */
    static boolean isSelector(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180D);
    }

    /** Whether it is invisible although its category is a letter or mark. */
    static boolean isFiller(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }
}
