package io.openuptimes.model;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;

/**
 * International host names by UTS 46, non-transitional, like browsers and curl: {@code ß}, {@code ς} and joiners are part
 * of the name. (In the older IDNA 2003 of {@code java.net.IDN} they are not, which leads to another owner's host.)
 *
 * <p>The tables take a fifth of a second to load, so ASCII names must not initialize this class.
 */
final class InternationalName {

    /** Longer text cannot become a valid DNS name and is refused before the conversion. */
    private static final int MAX = 255;

    /** Without the rule on text direction, which concerns display; names in use violate it. */
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_CONTEXTJ);

    /** Checked elsewhere by the rules for ASCII names, or ignored as in browsers. */
    private static final Set<IDNA.Error> PASSED_OVER = EnumSet.of(
            IDNA.Error.EMPTY_LABEL,
            IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG,
            IDNA.Error.LEADING_HYPHEN,
            IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4);

    private InternationalName() {}

    /**
     * @return in lower case; not yet checked against the rules for ASCII names
     * @throws IllegalArgumentException if the name has no ASCII form
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
