package io.openuptimes.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    @ParameterizedTest
    @CsvSource({
        "Shop front, shop, true",
        "Shop front, FRONT, true",
        "Shop front, p f, true",
        "Shop front, fronts, false",
        "Shop front, shop front and more, false",
        "'', a, false",
        "a, '', true",
        "'[x]', {x}, false",
        "Größe, GRÖSSE, true",
        "grösse, größe, true",
        "naïve Straße, STRASSE, true",
        "straße, straßen, false"
    })
    void caseDoesNotMatter(String text, String sought, boolean there) {
        assertThat(FoldedText.contains(text, FoldedText.fold(sought))).isEqualTo(there);
    }
}
