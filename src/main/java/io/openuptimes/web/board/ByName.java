package io.openuptimes.web.board;

import java.util.Comparator;

/** The order of services in answers: by name ignoring case, then by code point. */
public final class ByName implements Comparator<String> {

    public static final ByName INSTANCE = new ByName();

    private ByName() {}

    @Override
    public int compare(String left, String right) {
        int folded = compare(left, right, true);
        return folded != 0 ? folded : compare(left, right, false);
    }

    private static int compare(String left, String right, boolean fold) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int a = left.codePointAt(i);
            int b = right.codePointAt(j);
            i += Character.charCount(a);
            j += Character.charCount(b);
            if (a != b) {
                int difference = fold ? Integer.compare(fold(a), fold(b)) : Integer.compare(a, b);
                if (difference != 0) {
                    return difference;
                }
            }
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    /** Folds like {@link String#equalsIgnoreCase}. */
    private static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
