package io.openuptimes.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkedTest {

    private static final long STARTED_AT = 1_000;

    @ParameterizedTest
    @CsvSource({
        "checked, 1500, true",
        "checked, 1501, false",
        "deleted meanwhile, 900, false",
        "deleted meanwhile@paris, 900, false",
        "deleted before, 999, true",
        "created later, 1000, false"
    })
    void transitions_that_the_statuses_do_not_contradict_are_covered(String id, long at, boolean covered) {
        Walked walked = new Walked(STARTED_AT);
        walked.add(new Definition("checked", "a", List.of()));
        walked.add(new Definition("deleted meanwhile", "b", List.of()));
        walked.read("checked", 1_500);
        assertThat(walked.covers(id, at)).isEqualTo(covered);
    }
}
