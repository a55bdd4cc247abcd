package io.openuptimes.check.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.SpecType;
import io.openuptimes.model.SpecTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type that can be checked can be stored, and the reverse. */
class SpecTypesTest {

    @Test
    void everyCheckTypeHasASpecAndTheReverse() {
        List<SpecType<?>> checked = CheckTypes.STANDARD.all().stream()
                .<SpecType<?>>map(CheckType::spec)
                .toList();

        assertThat(checked).isEqualTo(SpecTypes.ALL);
    }
}
