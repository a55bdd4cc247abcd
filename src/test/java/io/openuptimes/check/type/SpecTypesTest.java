package io.openuptimes.check.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.SpecType;
import io.openuptimes.model.SpecTypes;
import io.openuptimes.model.field.Field;
import org.junit.jupiter.api.Test;

/** The types that can be checked are those that can be stored, with the same schemes and fields. */
class SpecTypesTest {

    @Test
    void everyCheckTypeHasASpecAndTheReverse() {
        assertThat(CheckTypes.STANDARD.all().stream().map(CheckType::name))
                .containsExactlyElementsOf(
                        SpecTypes.ALL.stream().map(SpecType::name).toList());
        for (CheckType<?> type : CheckTypes.STANDARD.all()) {
            SpecType<?> spec = SpecTypes.named(type.name());
            assertThat(spec).isNotNull();
            assertThat(type.schemes()).isEqualTo(spec.schemes());
            assertThat(type.fields())
                    .isEqualTo(spec.fields().stream().map(Field::name).toList());
        }
    }
}
