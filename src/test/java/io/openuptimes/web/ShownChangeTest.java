package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownChangeTest {

    private static void shown(Object before, Object after, Object shownBefore, Object shownAfter) {
        assertThat(ShownChange.of(before, after)).isEqualTo(new ShownChange(shownBefore, shownAfter));
    }

    @Test
    void shortValuesAreShownWhole() {
        shown(1, 2, 1, 2);
        shown("a", "b", "a", "b");
        shown(true, "b", true, "b");
        shown(List.of("fra"), List.of(), List.of("fra"), List.of());
        shown(Map.of("a", "1"), Map.of("b", "2"), Map.of("a", "1"), Map.of("b", "2"));
    }

    @Test
    void longTextsAreShownFromShortlyBeforeTheFirstDifference() {
        String same = "s".repeat(1_000);
        String context = "…" + "s".repeat(40);
        shown(same + "a", same + "b", context + "a", context + "b");
        shown(same, same + "b", context, context + "b");
        shown("a" + same, "b" + same, "a" + "s".repeat(199) + "…", "b" + "s".repeat(199) + "…");
    }

    @Test
    void noCharacterIsSplit() {
        String same = "😀".repeat(500) + "z";

        ShownChange change = ShownChange.of(same + "ab", same + "cd");

        assertThat(change.before()).isEqualTo("…" + "😀".repeat(20) + "zab");
        assertThat(change.after()).isEqualTo("…" + "😀".repeat(20) + "zcd");
    }

    @Test
    void ofLargeMapsOnlyTheMembersThatDifferAreShown() {
        Map<String, Object> before = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            before.put("k" + i, "v");
        }
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.put("k40", "w");
        after.remove("k41");
        after.put("new", "n");

        shown(before, after, Map.of("k40", "v", "k41", "v"), Map.of("k40", "w", "new", "n"));
    }
}
