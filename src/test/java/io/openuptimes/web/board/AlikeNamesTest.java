package io.openuptimes.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.LookAlikes;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlikeNamesTest {

    private final AlikeNames names = new AlikeNames();
    private final List<BoardEntry> all = new ArrayList<>();

    /** Entries by folded name; those of one name look alike. */
    private final Map<String, List<BoardEntry>> byFold = new HashMap<>();

    private BoardEntry add(String id, String name, boolean visible) {
        BoardEntry entry = new BoardEntry(Samples.service(id, name, visible), ServiceStatus.unchecked(id));
        names.add(entry);
        all.add(entry);
        alike(name).add(entry);
        return entry;
    }

    private List<BoardEntry> alike(String name) {
        return byFold.computeIfAbsent(LookAlikes.fold(name), fold -> new ArrayList<>());
    }

    private void remove(BoardEntry entry) {
        names.remove(entry);
        alike(entry.service().name()).remove(entry);
    }

    @Test
    void itKnowsWhatIsThereAndNothingElse() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0 || all.isEmpty()) {
                String name = "service " + random.nextInt(2_000);
                // no name more than four times, because the list is truncated
                if (alike(name).size() < 4) {
                    add("s" + i, random.nextBoolean() ? name : name.toUpperCase(java.util.Locale.ROOT), true);
                }
            } else {
                remove(all.remove(random.nextInt(all.size())));
            }
            String asked = "Service " + random.nextInt(2_000);
            if (i % 20 == 0) {
                assertThat(names.find(asked, service -> true) != null)
                        .isEqualTo(alike(asked).stream()
                                .anyMatch(entry -> !entry.service().name().equals(asked)));
            }
        }
        all.forEach(names::remove);
        assertThat(names.find("Service 1", service -> true)).isNull();
    }

    @Test
    void aNameIsNotItsOwnLookAlikeAndOneThatMayNotBeKnownIsNotTold() {
        add("a", "shop", false);

        assertThat(names.find("shop", service -> true)).isNull();
        assertThat(names.find("Shop", service -> true)).isEqualTo("shop");
        assertThat(names.find("Shop", service -> service.visible())).isNull();
    }

    @Test
    void ofVeryManyThatLookTheSameItKnowsSome() {
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                name.append(((i >> bit) & 1) == 0 ? 'a' : 'A');
            }
            add("s" + i, name.toString(), true);
        }

        assertThat(names.find("ａaaaaaaaaaaaaa", service -> true)).isNotNull();
        all.forEach(names::remove);
        assertThat(names.find("ａaaaaaaaaaaaaa", service -> true)).isNull();
    }
}
