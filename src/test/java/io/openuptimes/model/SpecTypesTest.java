package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.check.type.CheckType;
import io.openuptimes.check.type.http.HttpType;
import io.openuptimes.check.type.line.LineType;
import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The registry of check types. */
class SpecTypesTest {

    /** Has the schemes of another type. */
    private record Renamed() implements SpecType<UnknownSpec> {

        @Override
        public String name() {
            return "renamed";
        }

        @Override
        public List<String> schemes() {
            return List.of("http");
        }

        @Override
        public List<Field<UnknownSpec, ?>> fields() {
            return List.of();
        }

        @Override
        public Class<UnknownSpec> specClass() {
            return UnknownSpec.class;
        }

        @Override
        public UnknownSpec spec(FieldValues values) {
            return new UnknownSpec(name());
        }

        @Override
        public void checkUrl(String url) {}
    }

    @Test
    void everyTypeHasAProber() {
        assertThat(SpecTypes.ALL).isNotEmpty().allMatch(type -> type instanceof CheckType<?>);
    }

    @Test
    void aTypeIsFoundByItsNameAndByTheSchemeOfAUrl() {
        assertThat(SpecTypes.named("http")).isSameAs(SpecTypes.ofUrl("HTTPS://example.com"));
        assertThat(SpecTypes.named("line")).isNull();
        assertThat(SpecTypes.ofUrl("line://example.com:1")).isNull();
        assertThat(SpecTypes.nameOfUrl("https://example.com")).isEqualTo("http");
        assertThat(SpecTypes.nameOfUrl("Line://example.com:1")).isEqualTo("line");
    }

    @Test
    void twoTypesCannotShareANameOrAScheme() {
        SpecType<?> http = new HttpType();
        assertThat(SpecTypes.distinct(List.of(http, new LineType()))).hasSize(2);
        assertThatThrownBy(() -> SpecTypes.distinct(List.of(http, new HttpType())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two check types are named http");
        assertThatThrownBy(() -> SpecTypes.distinct(List.of(http, new Renamed())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two check types have the scheme http");
    }
}
