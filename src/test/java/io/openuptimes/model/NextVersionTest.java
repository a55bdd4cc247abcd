package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.NextVersion;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain field needs only its descriptor and a component of the record. */
class NextVersionTest {

    private static final Map<String, Object> GIVEN =
            Map.of("name", "Shop", "url", "https://example.com/", "runbook", "https://wiki/shop");

    @Test
    @SuppressWarnings("unchecked") // the probe passes maps of JSON values
    void aPlainFieldIsAddedInTheDescriptorAndTheRecord(@TempDir Path directory) throws Exception {
        NextVersion next = NextVersion.withRunbook(directory);
        assertThat(next.sources())
                .containsExactlyInAnyOrder(
                        "io/openuptimes/model/CommonFields.java", "io/openuptimes/model/Service.java");

        try (URLClassLoader loader = NextVersion.loader(next.compile())) {
            Class<?> probe = loader.loadClass(NextFieldProbe.class.getName());
            UnaryOperator<Map<String, Object>> ask = (UnaryOperator<Map<String, Object>>)
                    probe.getDeclaredConstructor().newInstance();
            Map<String, Object> seen = ask.apply(GIVEN);

            assertThat((Map<String, Object>) seen.get("stored")).containsEntry("runbook", "https://wiki/shop");
            assertThat((Map<String, Object>) seen.get("shown")).containsEntry("runbook", "https://wiki/shop");
            assertThat((Map<String, Object>) seen.get("plain")).doesNotContainKey("runbook");
            assertThat((Map<String, Object>) seen.get("patched")).containsEntry("runbook", "");
            assertThat(seen.get("tooLong")).isEqualTo("runbook: must be at most 2000 characters");
            assertThat(seen.get("columns").toString()).contains("runbook");
            assertThat((Map<String, Object>) seen.get("rules"))
                    .containsEntry("type", "string")
                    .containsEntry("default", "")
                    .containsEntry("maxLength", 2_000);
        }
    }
}
