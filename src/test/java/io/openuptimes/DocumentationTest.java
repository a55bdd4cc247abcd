package io.openuptimes;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.MarkdownPage;
import io.openuptimes.testing.MarkdownPage.Heading;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documentation is consistent and matches the code; SettingsFileTest covers the settings. */
class DocumentationTest {

    private static final int README_BYTES = 10_240;
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.])/(?:work|tmp|root|home)/");
    private static final Pattern CODE = Pattern.compile("`([\\w./-]+)`");

    static List<MarkdownPage> pages() throws IOException {
        return MarkdownPage.all();
    }

    static List<MarkdownPage> pagesWithContents() throws IOException {
        return pages().stream()
                .filter(page -> !page.path().equals(Path.of("README.md")))
                .toList();
    }

    @Test
    void the_readme_is_short() throws IOException {
        assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(README_BYTES);
    }

    @Test
    void the_readme_leads_to_every_page() throws IOException {
        MarkdownPage readme = MarkdownPage.read(Path.of("README.md"));

        assertThat(pages())
                .filteredOn(page -> !page.path().equals(readme.path()))
                .allSatisfy(page -> assertThat(readme.links()).contains(page.toString()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_somewhere(MarkdownPage page) {
        assertThat(page.links())
                .filteredOn(link -> !URI.create(link).isAbsolute())
                .allSatisfy(link -> assertResolves(page, link));
    }

    private static void assertResolves(MarkdownPage page, String link) throws IOException {
        String file = link.replaceFirst("#.*", "");
        Path target =
                file.isEmpty() ? page.path() : page.path().resolveSibling(file).normalize();
        assertThat(target).as(() -> "a link of " + page).exists();
        if (link.contains("#")) {
            assertThat(MarkdownPage.read(target).headings())
                    .extracting(Heading::anchor)
                    .contains(link.substring(link.indexOf('#') + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("pagesWithContents")
    void every_page_begins_with_its_contents(MarkdownPage page) {
        List<String> contents = new MarkdownPage(page.path(), page.introduction()).links();

        assertThat(page.headings())
                .filteredOn(heading -> heading.level() == 2)
                .isNotEmpty()
                .allSatisfy(heading -> assertThat(contents).contains("#" + heading.anchor()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void no_page_knows_the_machine_it_was_written_on(MarkdownPage page) {
        assertThat(page.text()).doesNotContainPattern(MACHINE_PATH);
    }

    @Test
    void the_api_page_has_a_row_for_each_operation_with_its_scope() throws IOException {
        String table = MarkdownPage.read(Path.of("docs/api.md"))
                .section("All operations")
                .text();
        Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("src/main/resources/openapi.yaml")));
        JsonObject paths = JsonObject.mapFrom(document).getJsonObject("paths");

        for (String path : paths.fieldNames()) {
            JsonObject operations = paths.getJsonObject(path);
            for (String method : operations.fieldNames()) {
                if (Set.of("get", "put", "post", "patch", "delete").contains(method)) {
                    String scope = operations.getJsonObject(method).getString("x-scope", "–");
                    assertThat(rowOf(table, method.toUpperCase(Locale.ROOT) + " " + path))
                            .contains(scope);
                }
            }
        }
    }

    /** The second column of the operation's row. */
    private static String rowOf(String table, String operation) {
        List<String> rows = table.lines()
                .filter(line -> line.startsWith("| `" + operation + "` |"))
                .toList();
        assertThat(rows).as(() -> "rows of " + operation).hasSize(1);
        return rows.get(0).split(" \\| ", -1)[1];
    }

    @Test
    void the_defences_name_tests_that_exist() throws IOException {
        Matcher named =
                Pattern.compile("`([A-Za-z0-9/]+(?:Test|IT))`").matcher(Files.readString(Path.of("SECURITY.md")));
        List<String> tests = named.results().map(test -> test.group(1)).toList();
        assertThat(tests).hasSizeGreaterThan(20).allSatisfy(test -> assertThat(
                        Path.of("src/test/java/io/openuptimes", test + ".java"))
                .exists());
    }

    @Test
    void the_architecture_page_names_files_that_exist() throws IOException {
        String table = MarkdownPage.read(Path.of("docs/architecture.md"))
                .section("Where to look")
                .text();
        List<String> rows = table.lines()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(line -> line.substring(line.indexOf(" | ")))
                .toList();

        assertThat(rows).hasSizeGreaterThan(25).allSatisfy(row -> assertThat(
                        CODE.matcher(row).results().map(found -> found.group(1)))
                .filteredOn(name -> name.contains("/"))
                .allSatisfy(name -> assertThat(existsAs(name)).as(() -> name).isTrue()));
    }

    private static boolean existsAs(String name) {
        Path ours = Path.of("src/main/java/io/openuptimes");
        return Files.exists(Path.of(name))
                || Files.exists(ours.resolve(name))
                || Files.exists(ours.resolve(name + ".java"))
                || Files.exists(Path.of("src/main/resources/webroot/assets").resolve(name));
    }
}
