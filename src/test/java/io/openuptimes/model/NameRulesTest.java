package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Shop / EU (2)",
                "Größe",
                "Ελλάδα",
                "日本 サーバー",
                "שירות",
                "خدمة",
                "می\u200cخواهم", // Persian, with a zero-width non-joiner
                "क\u094d\u200dष", // Devanagari, with a zero-width joiner after the virama
                "ශ\u0dca\u200dරී",
                "👨\u200d👩\u200d👧 family",
                "🏳\ufe0f\u200d🌈",
                "🧑🏽\u200d💻",
                "👩\u200d❤\ufe0f\u200d👨",
                "1\ufe0f\u20e3 first",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f", // Scotland
                "שירות \u200f(API)",
                "e\u0301"
            })
    void readableNamesAreAccepted(String name) {
        assertThat(NameRules.problem(name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'', must not be blank",
        "a\\u202eb, 'must not contain characters that reorder text, such as U+202E'",
        "\\u202ab, 'must not contain characters that reorder text, such as U+202A'",
        "a\\u2066b\\u2069, 'must not contain characters that reorder text, such as U+2066'",
        "a\\u200db, 'may contain joiners, such as U+200D, only inside words and emoji'",
        "a\\u200cb, 'may contain joiners, such as U+200C, only inside words and emoji'",
        "\\u200dmi, 'may contain joiners, such as U+200D, only inside words and emoji'",
        "\\u0645\\u200c, 'may contain joiners, such as U+200C, only inside words and emoji'",
        "\\u2764\\u200c\\u2764, 'may contain joiners, such as U+200C, only inside words and emoji'",
        "a\\ufeffb, 'must not contain invisible characters, such as U+FEFF'",
        "a\\u200bb, 'must not contain invisible characters, such as U+200B'",
        "a\\u2060b, 'must not contain invisible characters, such as U+2060'",
        "a\\u00adb, 'must not contain invisible characters, such as U+00AD'",
        "a\\u2028b, 'must not contain invisible characters, such as U+2028'",
        "\\u3164, 'must not contain invisible characters, such as U+3164'",
        "a\\udb40\\udc67b, 'must not contain invisible characters, such as U+E0067'",
        "\\ud83c\\udff4\\udb40\\udc67, 'must not contain invisible characters, such as U+E0067'",
        "\\ufe0fa, 'must not contain invisible characters, such as U+FE0F'",
        "a\\ufe0f\\ufe0f, 'must not contain invisible characters, such as U+FE0F'",
        "\\u200f, must contain a visible character",
        "a\\u0007b, must not contain control characters"
    })
    void namesThatShowSomethingElseAreRefused(String escaped, String problem) {
        assertThat(NameRules.problem(unescaped(escaped))).isEqualTo(problem);
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                out.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {" a b ", "\ta b\n", "\u00a0a b\u3000", "\u2003a b\u2028", "\u0085a b"})
    void whiteSpaceAtBothEndsGoes(String name) {
        assertThat(NameRules.trimmed(name)).isEqualTo("a b");
        assertThat(NameRules.trimmed(name.replace("a b", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shop, SHOP",
        "shop, ｓｈｏｐ",
        "straße, STRASSE",
        "'a  b', 'a\u00a0b'",
        "ﬁne, fine",
        "shop, sh\u200eop",
        "é, 'e\u0301'",
        "Σίσυφος, σίσυφοσ",
        "①, 1"
    })
    void theyLookAlike(String one, String other) {
        assertThat(LookAlikes.fold(one)).isEqualTo(LookAlikes.fold(other));
    }

    @ParameterizedTest
    @CsvSource({"shop, shop2", "a b, ab", "o, 0", "a, b"})
    void theyDoNot(String one, String other) {
        assertThat(LookAlikes.fold(one)).isNotEqualTo(LookAlikes.fold(other));
    }
}
