package io.openuptimes.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredServicesTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final Variables VARIABLES = new Variables(Map.of("TOKEN", "secret-7", "HOST", "example.com"));

    private static DeclaredServices read(String text, boolean json) {
        return DeclaredServices.read(text.getBytes(StandardCharsets.UTF_8), json, VARIABLES, NOW);
    }

    private static List<Map<String, Object>> services(String yaml) {
        DeclaredServices read = read(yaml, false);
        assertThat(read.problems()).isEmpty();
        assertThat(read.problemCount()).isZero();
        return read.services();
    }

    private static List<String> problems(String text, boolean json) {
        DeclaredServices read = read(text, json);
        assertThat(read.services()).isEmpty();
        assertThat(read.problemCount()).isEqualTo(read.problems().size());
        return read.problems().stream().map(DeclaredProblem::toString).toList();
    }

    @Test
    void aFileHasTheFieldsOfTheApi() {
        List<Map<String, Object>> services = services("""
                services:
                  - name: Shop
                    url: https://${HOST}/health
                    group: Shops
                    interval: 30
                    visible: false
                    headers: {Authorization: 'Bearer ${TOKEN}', X-Price: '5 $$'}
                    labels: {country: no, since: 2024-01-01}
                    body: '$${TOKEN}'
                  - {name: 12:30, url: http://localhost/}
                """);

        assertThat(services)
                .containsExactly(
                        Map.of(
                                "name",
                                "Shop",
                                "url",
                                "https://example.com/health",
                                "group",
                                "Shops",
                                "interval",
                                30,
                                "visible",
                                false,
                                "headers",
                                Map.of("Authorization", "Bearer secret-7", "X-Price", "5 $$"),
                                "labels",
                                Map.of("country", "no", "since", "2024-01-01"),
                                "body",
                                "${TOKEN}"),
                        Map.of("name", "12:30", "url", "http://localhost/"));
    }

    @Test
    void entriesMayShareWhatAnAnchorNames() {
        List<Map<String, Object>> services = services("""
                x-defaults: &defaults
                  interval: 30
                  labels: {team: shop}
                services:
                  - <<: *defaults
                    name: A
                    url: http://localhost/a
                  - <<: *defaults
                    name: B
                    url: http://localhost/b
                    interval: 60
                """);

        assertThat(services).extracting(service -> service.get("interval")).containsExactly(30, 60);
        assertThat(services).extracting(service -> service.get("labels")).containsOnly(Map.of("team", "shop"));
    }

    @Test
    void aThousandEntriesMayShareOne() {
        StringBuilder yaml = new StringBuilder("x-d: &d {interval: 30}\nservices:\n");
        for (int i = 0; i < 1_000; i++) {
            yaml.append("  - {<<: *d, name: s").append(i).append(", url: 'http://localhost/'}\n");
        }
        assertThat(services(yaml.toString())).hasSize(1_000);
    }

    @Test
    void jsonIsTakenAsWell() {
        DeclaredServices read = read(
                "{\"services\": [\n\t{\"name\": \"A\\/\\ud83d\\ude00\", \"url\": \"http://${HOST}\", \"interval\": null}]}",
                true);

        assertThat(read.problems()).isEmpty();
        assertThat(read.services().get(0))
                .containsEntry("name", "A/😀")
                .containsEntry("url", "http://example.com")
                .containsEntry("interval", null);
    }

    @Test
    void aListMayBeEmpty() {
        assertThat(services("services: []")).isEmpty();
        assertThat(read("{\"services\": []}", true).problemCount()).isZero();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                arguments("", "file: must have a top-level list services; use [] for none"),
                arguments("# nothing but a comment", "file: must have a top-level list services; use [] for none"),
                arguments("- {name: A}", "file: must have a top-level list services; use [] for none"),
                arguments("services:", "services: must be a list; use [] for none"),
                arguments("x-own: 1", "services: must be a list; use [] for none"),
                arguments("services: {name: A}", "services: must be a list; use [] for none"),
                arguments("services: []\nservice: []", "service: unknown top-level key; the only one is services"),
                arguments("services: []\nservices: []", "file: is not valid YAML: found duplicate key (line 2)"),
                arguments(
                        "services: [",
                        "file: is not valid YAML: expected the node content, but found '<stream end>' (line 1)"),
                arguments(
                        "services: []\n---\nservices: []",
                        "file: is not valid YAML: but found another document (line 2)"),
                arguments(
                        "services: [!!javax.script.ScriptEngineManager []]",
                        "file: is not valid YAML: could not determine a constructor for the tag (line 1)"),
                arguments("services: [A]", "services[0]: entry: must be an object"),
                arguments("services: [null]", "services[0]: entry: must be an object"),
                arguments("services: &s [*s]", "services[0]: entry: must be an object"),
                arguments(
                        "services: [&e {name: A, url: 'http://h/', labels: *e}]",
                        "services[0] \"A\": labels.labels: must be a string"),
                arguments("services: [{url: 'http://localhost/'}]", "services[0]: name: is required"),
                arguments("services: [{name: A}]", "services[0] \"A\": url: is required"),
                arguments(
                        "services: [{name: A, url: 'http://h/', intervall: 1}]",
                        "services[0] \"A\": intervall: unknown field; known fields: "),
                arguments(
                        "services: [{name: A, url: 'http://h/', interval: 0}]",
                        "services[0] \"A\": interval: must be a whole number from 1 to 86400"),
                arguments(
                        "services: [{name: A, url: 'http://h/', interval: '30'}]",
                        "services[0] \"A\": interval: must be a whole number"),
                arguments(
                        "services: [{name: A, url: 'http://h/', visible: yes}]",
                        "services[0] \"A\": visible: must be true or false"),
                arguments("services: [{name: 1, url: 'http://h/'}]", "services[0]: name: must be a string"),
                arguments(
                        "services: [{name: A, url: 'http://h/', headers: {Authorization: '${NO}'}}]",
                        "services[0] \"A\": headers.Authorization: environment variable NO is not set"),
                arguments(
                        "services: [{name: A, url: 'http://${NO}/'}]",
                        "services[0] \"A\": url: environment variable NO is not set"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void aBadFileSaysWhatIsWrong(String yaml, String problem) {
        assertThat(problems(yaml, false)).singleElement().asString().startsWith(problem);
    }

    @Test
    void everyBadEntryIsTold() {
        assertThat(problems("""
                        services:
                          - {name: A, url: 'http://h/'}
                          - {name: B, url: ftp}
                          - {name: A, url: 'http://h/'}
                          - {name: C, url: 'http://${NO}/'}
                          - {name: D, url: 'http://h/', timeout: 1}
                        """, false))
                .satisfiesExactly(
                        b -> assertThat(b).startsWith("services[1] \"B\": url: must be an absolute URL"),
                        a -> assertThat(a).isEqualTo("services[2] \"A\": name: is used by an earlier entry, too"),
                        c -> assertThat(c).startsWith("services[3] \"C\": url: environment variable NO is not set"),
                        d -> assertThat(d).startsWith("services[4] \"D\": timeout: must be a whole number"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"services\": []",
                "{\"services\": [] } x",
                "{\"services\": [], \"services\": []}",
                "{'services': []}",
                "{\"services\": []} {}"
            })
    void badJsonIsTold(String json) {
        assertThat(problems(json, true))
                .singleElement()
                .asString()
                .matches("file: (is not valid JSON|must be a single JSON object).*");
        assertThat(problems("", true)).containsExactly("file: must have a top-level list services; use [] for none");
    }

    @Test
    void whatIsNoUtf8IsTold() {
        byte[] latin1 = "services: [{name: Bücher, url: 'http://h/'}]".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(DeclaredServices.read(latin1, false, VARIABLES, NOW).problems())
                .containsExactly(DeclaredProblem.ofFile("file", "is not UTF-8"));
    }

    @Test
    void aFileWithWindowsLineEndsIsReadAsAnyOther() {
        String yaml = """
                services:
                  - name: Shop
                    url: http://h/
                    expectedStatuses: 200-299,301
                    minTlsVersion: "1.3"
                    body: |
                      one
                      two
                """;

        assertThat(services(yaml.replace("\n", "\r\n"))).isEqualTo(services(yaml));
        assertThat(services(yaml).get(0)).containsEntry("expectedStatuses", "200-299,301");
    }

    @Test
    void theExampleIsGood() throws Exception {
        byte[] example = Files.readAllBytes(Path.of("conf/services.example.yaml"));
        Variables variables = new Variables(Map.of("SHOP_TOKEN", "x"));

        DeclaredServices read = DeclaredServices.read(example, false, variables, NOW);

        assertThat(read.problems()).isEmpty();
        assertThat(read.services()).hasSizeGreaterThan(1);
    }

    @Test
    void whatIsShownOfItHoldsNoSecret() {
        DeclaredServices read =
                read("services: [{name: A, url: 'http://h/', headers: {Authorization: '${TOKEN}'}}]", false);

        assertThat(read.services().toString()).contains("secret-7");
        assertThat(read.toString()).doesNotContain("secret-7");
    }

    @Test
    void noProblemShowsAVariablesValue() {
        assertThat(problems(
                        "services: [{name: A, url: '${TOKEN}', headers: {X: \"${TOKEN}\\n\"}}, {name: '${TOKEN}\\t'}]",
                        false))
                .noneMatch(problem -> problem.contains("secret-7"));
    }
}
