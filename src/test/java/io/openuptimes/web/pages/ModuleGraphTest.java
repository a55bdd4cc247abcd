package io.openuptimes.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
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
    void whatOnlyReadsLikeAnImportIsNone() {
        ModuleGraph graph =
                graph(Map.of("page/main.js", "export default { 'x.from': 'From', y: \"from 'gone.js'\" };"));

        assertThat(graph.importsOf("page/main.js")).isEmpty();
    }

    @Test
    void everyModuleThatIsImportedIsThere() throws IOException {
        Pattern imported = Pattern.compile("(?m)^(?:import|export|}).*'(\\.[^']+)';$|\\bimport\\('(\\.[^'`]+)'\\)");
        SortedMap<String, byte[]> own = ClassPathFiles.readAll("webroot/assets", "theme.js");
        List<String> found = new ArrayList<>();

        own.forEach((name, content) -> imported.matcher(new String(content, StandardCharsets.UTF_8))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .forEach(path -> found.add(URI.create(name).resolve(path).toString())));

        assertThat(found).hasSizeGreaterThan(50).allSatisfy(name -> assertThat(own)
                .containsKey(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "service", "setup", "admin"})
    void everyPageFindsAllThatItImports(String page) throws IOException {
        assertThat(Assets.load().importsOf(page + "/main.js"))
                .contains("lib/lit/index.js", "lib/lit-html/lit-html.js", "lib/i18n.js", "texts/en.js")
                .doesNotContain("texts/de.js", page + "/main.js");
    }
}
