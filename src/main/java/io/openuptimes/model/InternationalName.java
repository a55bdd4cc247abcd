package io.openuptimes.model;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;

/**
 * International host names by UTS 46, non-transitional, as browsers and curl read them: {@code ß}, {@code ς} and joiners
 * belong to the name. (By the older IDNA 2003 of {@code java.net.IDN} they do not, which leads to another owner's host.)
 *
 * <p>The tables take a fifth of a second to load, so nothing here is touched for a name in ASCII.
 */
final class InternationalName {

    /** No longer text becomes a name that DNS can hold; it is refused before its ASCII form is worked out. */
    private static final int MAX = 255;

    /** No rule about directions: it is about how names are shown, and names in use break it. */
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_CONTEXTJ);

    /** Judged where names in ASCII are, or, as browsers have it, of no account. */
    private static final Set<IDNA.Error> PASSED_OVER = EnumSet.of(
            IDNA.Error.EMPTY_LABEL,
            IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG,
            IDNA.Error.LEADING_HYPHEN,
            IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4);

    private InternationalName() {}

    /**
     * @return in lower case; still to be held against the rules for names in ASCII
     * @throws IllegalArgumentException if it has no ASCII form
     */
    static String toAscii(String name) {
        if (name.length() > MAX) {
            throw new IllegalArgumentException("has a host name that is too long");
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(name, new StringBuilder(), info).toString();
        if (!PASSED_OVER.containsAll(info.getErrors())) {
            throw new IllegalArgumentException(
                    info.getErrors().contains(IDNA.Error.CONTEXTJ)
                            ? "has a misplaced invisible joiner in its host name"
                            : "has an invalid international host name");
        }
        return ascii;
    }
}
