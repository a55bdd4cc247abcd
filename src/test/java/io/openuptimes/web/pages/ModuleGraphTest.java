package io.openuptimes.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleGraphTest {

    private static final Map<String, String> LIBRARIES = Map.of("lit", "lib/lit/index.js", "lit/", "lib/lit/");

    private static ModuleGraph graph(Map<String, String> modules) {
        return new ModuleGraph(modules::get, LIBRARIES);
    }

    @Test
    void findsWhatIsImportedDirectlyOrNot() {
        ModuleGraph graph = graph(Map.of(
                "page/main.js", "import { html } from 'lit';\nimport '../part.js';\nawait import('./later.js');",
                "part.js", "import { repeat } from 'lit/repeat.js';\nexport * from './page/main.js';",
                "lib/lit/index.js", "import\"lit/repeat.js\";",
                "lib/lit/repeat.js", ""));

        assertThat(graph.importsOf("page/main.js")).containsExactly("lib/lit/index.js", "part.js", "lib/lit/repeat.js");
    }

    @Test
    void whatIsNotThereIsNamed() {
        ModuleGraph graph = graph(Map.of("page/main.js", "import '../gone.js';"));

        assertThatThrownBy(() -> graph.importsOf("page/main.js"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("page/main.js imports gone.js, which is not there");
    }

    @Test
    void aTextOfThatNameIsNoImport() {
        ModuleGraph graph = graph(Map.of("texts/en.js", "'history.from': 'From', 'history.to': 'To'"));

        assertThat(graph.importsOf("texts/en.js")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "service", "setup", "admin"})
    void everyPageFindsAllThatItImports(String page) throws IOException {
        assertThat(Assets.load().importsOf(page + "/main.js"))
                .contains("lib/lit/index.js", "lib/lit-html/lit-html.js", "lib/i18n.js", "texts/en.js")
                .doesNotContain("texts/de.js", page + "/main.js");
    }
}
