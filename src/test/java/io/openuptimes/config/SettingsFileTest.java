package io.openuptimes.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled settings file and the tables in docs/settings.md match the code. */
class SettingsFileTest {

    private static final Path FILE = Path.of("conf/openuptimes.yaml");

    @Test
    void it_sets_everything_to_its_default() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Settings settings = SettingsLoader.load(vertx, Map.of("OPENUPTIMES_CONFIG", FILE.toString()))
                    .await(60, TimeUnit.SECONDS);

            assertThat(settings).isEqualTo(SettingsReader.read(new JsonObject(), Map.of()));
        } finally {
            vertx.close().await(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void its_keys_are_those_that_the_reader_knows_in_the_same_order() throws Exception {
        assertThat(keysOf(Files.readAllLines(FILE)))
                .containsExactlyElementsOf(SettingsReader.variables().keySet());
    }

    /** Every key, also those that are commented out; a section begins at the start of a line, one within it below. */
    private static List<String> keysOf(List<String> lines) {
        List<String> keys = new ArrayList<>();
        String section = "";
        String inner = "";
        for (String line : lines) {
            if (line.matches("\\w+:")) {
                section = line.replace(':', '.');
            } else if (line.matches("  (# )?\\w+:")) {
                inner = line.replaceAll("[ #]", "").replace(':', '.');
            } else if (line.matches("  (# )?  \\w+: .*")) {
                keys.add(section + inner + line.replaceAll("^  (# )?  (\\w+): .*", "$2"));
            } else if (line.matches("  (# )?\\w+: .*")) {
                keys.add(section + line.replaceAll("^  (# )?(\\w+): .*", "$2"));
            }
        }
        return keys;
    }

    static List<Arguments> keys() {
        return SettingsReader.variables().entrySet().stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void it_names_the_variables_of_each_key_above_it(String key, List<String> variables) throws Exception {
        String name = key.substring(key.lastIndexOf('.') + 1);
        String text = Files.readString(FILE);
        int section = text.indexOf("\n" + key.substring(0, key.indexOf('.')) + ":");
        String before = text.substring(section).replaceAll("(?s)\\n  (# )?(  )?" + name + ": .*", "");
        String comment = before.replaceAll("(?s).*\\n  (# )?(  )?\\w+: [^\\n]*", "");

        assertThat(comment).contains(variables);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void the_settings_page_has_a_row_for_each_key(String key, List<String> variables) throws Exception {
        assertThat(Files.readAllLines(Path.of("docs/settings.md")))
                .filteredOn(line -> line.startsWith("| `" + key + "` |"))
                .singleElement()
                .asString()
                .contains(variables);
    }
}
