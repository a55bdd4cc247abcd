package io.openuptimes.model;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules for human-readable names: names are stored exactly as people see them.
 *
 * <p>Invisible characters and those that reorder text (bidirectional embeddings, overrides, isolates) are refused, except
 * where scripts and emoji need them: joiners between two letters of a script that uses them or inside an emoji, tags inside
 * an emoji flag, variation selectors after a character, and the marks LRM, RLM and ALM, which do not reorder text that has
 * a direction of its own.
 */
public final class NameRules {

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int CANCEL_TAG = 0xE007F;

    /** Scripts in which a joiner between letters changes their form or prevents a ligature. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MANDAIC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.BALINESE,
            UnicodeScript.JAVANESE);

    private NameRules() {}

    /** Removes Unicode white space at both ends. */
    public static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /**
     * Validates a name.
     *
     * @param text trimmed
     * @return the problem; null if there is none
     */
    public static @Nullable String problem(String text) {
        if (text.isEmpty()) {
            return "must not be blank";
        }
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F)
                ? null
                : problem(text.codePoints().toArray());
    }

    private static @Nullable String problem(int[] points) {
        boolean seen = false;
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (Character.isISOControl(c)) {
                return "must not contain control characters";
            } else if (reorders(c)) {
                return "must not contain characters that reorder text, such as " + named(c);
            } else if (c == ZWNJ || c == ZWJ) {
                if (!joins(points, i)) {
                    return "may contain joiners, such as " + named(c) + ", only inside words and emoji";
                }
            } else if (isTag(c)
                    ? !isInFlag(points, i)
                    : isInvisible(c) || (LookAlikes.isSelector(c) && !selects(points, i))) {
                return "must not contain invisible characters, such as " + named(c);
            } else {
                seen |= !isSpace(c) && !LookAlikes.isIgnorable(c);
            }
        }
        return seen ? null : "must contain a visible character";
    }

    private static String named(int c) {
        return String.format("U+%04X", c);
    }

    private static boolean reorders(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> !isMark(c) && !isSignOverNumber(c);
            default -> LookAlikes.isFiller(c);
        };
    }

    private static boolean isMark(int c) {
        return c == 0x200E || c == 0x200F || c == 0x061C;
    }

    /** These are visible although their category is format character. */
    private static boolean isSignOverNumber(int c) {
        return (c >= 0x0600 && c <= 0x0605)
                || c == 0x06DD
                || c == 0x070F
                || c == 0x08E2
                || c == 0x110BD
                || c == 0x110CD;
    }

    private static boolean selects(int[] points, int i) {
        return i > 0 && !isSpace(points[i - 1]) && !LookAlikes.isIgnorable(points[i - 1]);
    }

    private static boolean isTag(int c) {
        return c >= 0xE0020 && c <= CANCEL_TAG;
    }

    private static boolean isInFlag(int[] points, int i) {
        int first = i;
        while (first > 0 && isTag(points[first - 1]) && points[first - 1] != CANCEL_TAG) {
            first--;
        }
        int last = i;
        while (last < points.length - 1 && points[last] != CANCEL_TAG && isTag(points[last + 1])) {
            last++;
        }
        return first > 0 && points[first - 1] == BLACK_FLAG && last > first && points[last] == CANCEL_TAG;
    }

    private static boolean joins(int[] points, int i) {
        if (i == 0 || i == points.length - 1) {
            return false;
        }
        int before = points[i - 1];
        int after = points[i + 1];
        boolean letters = isPartOfWord(before) && isPartOfWord(after);
        return letters || (points[i] == ZWJ && isPartOfEmoji(before) && isEmoji(after));
    }

    private static boolean isPartOfWord(int c) {
        boolean letter = Character.isLetter(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
        return letter && JOINING.contains(UnicodeScript.of(c));
    }

    private static boolean isPartOfEmoji(int c) {
        return isEmoji(c) || c == 0xFE0F;
    }

    private static boolean isEmoji(int c) {
        return Character.getType(c) == Character.OTHER_SYMBOL || (c >= 0x1F000 && c <= 0x1FAFF);
    }
}
