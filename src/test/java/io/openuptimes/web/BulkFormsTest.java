package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Import and export of many services as CSV and YAML. */
class BulkFormsTest {

    private static final String CSV = "text/csv";
    private static final String YAML = "application/yaml";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void deleteAll() {
        assertThat(bulk("application/json", "[]", "?deleteAbsent=*").status()).isEqualTo(200);
    }

    private static Answer bulk(String type, String body, String query) {
        return api.send(
                "PUT",
                "/api/services/bulk" + query,
                body,
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Content-Type",
                type);
    }

    private static Answer export(String type) {
        return api.send(
                "GET",
                "/api/services/export?secrets=true",
                null,
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Accept",
                type);
    }

    private static JsonObject listed(String name) {
        return api.getWithKey("/api/services/export?secrets=true").json().getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .filter(service -> service.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertCounts(Answer answer, int created, int unchanged) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().getJsonObject("counts"))
                .isEqualTo(new JsonObject()
                        .put("created", created)
                        .put("changed", 0)
                        .put("unchanged", unchanged)
                        .put("deleted", 0));
    }

    private static void refused(Answer answer, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
        assertThat(api.getWithKey("/api/services").json().getJsonArray("services"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void aColumnIsAFieldAHeaderOrALabel(String separator) {
        String table = """
                name,url,timeout,paused,expectedStatuses,headers.X-Name,labels.team,labels.urgent,locations
                Shop,http://127.0.0.1:1/,500,TRUE,"200-299,301",'=1+1,shop,\"""\""","fra nyc"
                Plain,http://127.0.0.1:1/,,,,,,,
                """.replace("\"200-299,301\"", "200-299")
                .replace(",", separator)
                .replace("200-299", "\"200-299,301\"");

        assertCounts(bulk(CSV, table, ""), 2, 0);

        JsonObject shop = listed("Shop");
        assertThat(shop.getInteger("timeout")).isEqualTo(500);
        assertThat(shop.getBoolean("paused")).isTrue();
        assertThat(shop.getString("expectedStatuses")).isEqualTo("200-299,301");
        assertThat(shop.getJsonObject("headers")).isEqualTo(new JsonObject().put("X-Name", "=1+1"));
        assertThat(shop.getJsonObject("labels"))
                .isEqualTo(new JsonObject().put("team", "shop").put("urgent", ""));
        assertThat(shop.getJsonArray("locations")).isEqualTo(new JsonArray(List.of("fra", "nyc")));
        JsonObject plain = listed("Plain");
        assertThat(plain.getInteger("timeout")).isEqualTo(10_000);
        assertThat(plain.getJsonObject("labels")).isEqualTo(new JsonObject());
    }

    @Test
    void aTableMayComeFromASpreadsheet() {
        String table = String.join(
                "\r\n",
                "\uFEFFname;url;description;;",
                "\"Shop\nand more\";http://127.0.0.1:1/;\"says \"\"hi\"\";",
                "bye\";;",
                ";;;;",
                "",
                "Mail;http://127.0.0.1:1/;;;",
                "");

        Answer refused = bulk(CSV, table, "");
        assertThat(refused.message()).startsWith("line 2, name: must not contain control characters");

        assertCounts(bulk(CSV, table.replace("Shop\nand more", "Shop"), ""), 2, 0);
        assertThat(listed("Shop").getString("description")).isEqualTo("says \"hi\";\r\nbye");
    }

    @Test
    void yamlHasTheShapeOfTheServicesFileAndReplacesNoVariables() {
        String yaml = """
                x-defaults: &defaults {interval: 30, labels: {team: shop}}
                services:
                  - <<: *defaults
                    name: Shop
                    url: http://127.0.0.1:1/
                    body: "${HOME}"
                  - {<<: *defaults, name: no, url: 'http://127.0.0.1:1/', paused: true}
                """;

        assertCounts(bulk(YAML, yaml, ""), 2, 0);

        assertThat(listed("Shop").getInteger("interval")).isEqualTo(30);
        assertThat(listed("Shop").getString("body")).isEqualTo("${HOME}");
        assertThat(listed("no").getBoolean("paused")).isTrue();
    }

    @Test
    void yamlMayBeTheListAlone() {
        assertCounts(bulk("text/yaml", "- name: Shop\n  url: http://127.0.0.1:1/\n  paused: true\n", ""), 1, 0);
    }

    static Stream<Arguments> badTables() {
        String url = "http://127.0.0.1:1/";
        return Stream.of(
                arguments("", "body: is required"),
                arguments("\r\n", "body: must have the names of the columns in its first line"),
                arguments("name\nShop\n", "line 1, url: is required as a column"),
                arguments("name,url,intervall\n", "line 1, intervall: unknown column; there are id, name, url, "),
                arguments("name,url,headers\n", "line 1, headers: unknown column"),
                arguments("name,url,labels.\n", "line 1, labels.: unknown column"),
                arguments("name,url,name\n", "line 1, name: is there twice"),
                arguments("name,,url\n", "line 1: column 2 has no name"),
                arguments("name|url\n", "line 1, name|url: unknown column"),
                arguments("name,url\na," + url + ",x\n", "line 2: has 3 cells, but there are 2 columns"),
                arguments("name,url,timeout\na," + url + "\n", "line 2: has 2 cells, but there are 3 columns"),
                arguments(
                        "name,url,description,interval\na," + url + ",\"two\nlines\",5\nb," + url + ",,often\n",
                        "line 4, interval: must be a whole number from 1 to 86400. Nothing was changed"),
                arguments("name,url,paused\na," + url + ",ja\n", "line 2, paused: must be true or false"),
                arguments("name,url,labels.a b\na," + url + ",c\n", "line 2, labels.a b: is not a valid key"),
                arguments("name,url\na," + url + "\na," + url + "\n", "line 3, name: is used by an earlier entry, too"),
                arguments(
                        "name,url,description\na," + url + ",\"x\nb," + url + ",\n",
                        "body: has a row after line 1 that cannot be read"),
                arguments("name,url\na,\"" + url, "body: has a row after line 1 that cannot be read"),
                arguments(
                        "name,url\na," + url + "\n\"b," + "x".repeat(1_100_000),
                        "body: has a row after line 2 that cannot be read"),
                arguments(
                        "name,url" + ",labels.a".repeat(1_001) + "\n",
                        "body: has a row after line 1 that cannot be read"));
    }

    @ParameterizedTest
    @MethodSource("badTables")
    void aBadTableSaysWhereAndChangesNothing(String table, String message) {
        refused(bulk(CSV, table, ""), message);
    }

    static Stream<Arguments> badYaml() {
        return Stream.of(
                arguments("", "body: is required"),
                arguments("services:", "services: must be a list; [] for none"),
                arguments("just text", "body: must be a list, or have one as services:"),
                arguments("service: []", "service: unknown key; there is services"),
                arguments("services: [}", "body: is not valid YAML: "),
                arguments("services: []\nservices: []", "body: is not valid YAML: found duplicate key (line 2)"),
                arguments("services: []\n---\nservices: []", "body: is not valid YAML: but found another document"),
                arguments("- name: a\n  url: x\n- 7", "line 1, url: must be an absolute URL"),
                arguments("services:\n\n  - 7", "line 3, entry: must be an object"),
                arguments("- name: a\n  url: http://h/\n  timeout: soon", "line 1, timeout: must be a whole number"),
                arguments(
                        "- !!java.net.URL [http://h/]",
                        "body: is not valid YAML: could not determine a constructor for the tag"),
                arguments(
                        "- name: a\n  timeout: !!int " + "9".repeat(200_000),
                        "body: has a number of more than 100 digits"),
                arguments("- " + "[".repeat(50), "body: is not valid YAML"),
                arguments("- &a [*a]", "line 1, entry: must be an object"),
                arguments("- &a {<<: *a}", "body: is not valid YAML"),
                arguments("- ? [a]\n  : b", "body: is not valid YAML"),
                arguments(laughs(), "body: has a mapping of more than 1000 keys"));
    }

    /** A "billion laughs" document: each mapping merges the previous one ten times, a billion keys in a few lines. */
    private static String laughs() {
        StringBuilder yaml = new StringBuilder("x-0: &a0 {k0: 1, k1: 1, k2: 1, k3: 1, k4: 1, k5: 1, k6: 1, k7: 1}\n");
        for (int i = 1; i < 10; i++) {
            String targets = ("*a" + (i - 1) + ", ").repeat(10);
            yaml.append("x-" + i + ": &a" + i + " {<<: [" + targets.substring(0, targets.length() - 2) + "]}\n");
        }
        return yaml.append("services: []\n").toString();
    }

    @ParameterizedTest
    @MethodSource("badYaml")
    void badYamlSaysWhereAndChangesNothing(String yaml, String message) {
        refused(bulk(YAML, yaml, ""), message);
    }

    @Test
    void sharedListsAreNotUnfolded() {
        StringBuilder yaml = new StringBuilder("x-0: &a0 [lol]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("x-" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        }

        refused(
                bulk(YAML, yaml + "services: [{name: a, url: 'http://h/', locations: *a11}]\n", ""),
                "line 13, locations: must be names of");
    }

    @ParameterizedTest
    @CsvSource({"text/csv, 'name,url\na\u00FF,http://h/\n'", "application/yaml, '- name: a\u00FF'"})
    void textsAreUtf8(String type, String body) {
        byte[] latin = body.getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = api.sendBytes(
                "PUT", "/api/services/bulk", latin, "Authorization", "Bearer " + ApiServer.KEY, "Content-Type", type);

        refused(answer, "body: is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {CSV, YAML, "application/x-ndjson", "application/json"})
    void whatIsExportedIsTakenBackUnchanged(String type) {
        List<String> texts = new ArrayList<>(List.of(
                "a\nb",
                "a\r\nb",
                "'quoted'",
                "\"",
                "\"\"",
                "=1+1",
                "+1",
                "-1",
                "@a",
                "1e3",
                "0x1f",
                "1_000",
                "no",
                "null",
                "~",
                "2001-01-01",
                "12:30",
                "- a",
                "a: b",
                "#a",
                " a ",
                "a\tb",
                "\ttab",
                "😀 ü \u2028 \u0085",
                "a;b,c",
                "true",
                "<<",
                "=",
                "{",
                "[",
                "!a",
                "&a",
                "*a",
                "%a",
                "`",
                "|",
                ">",
                "?",
                ",",
                "\u0001",
                "0777",
                ".5"));
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            services.append(services.isEmpty() ? "" : ",")
                    .append(new JsonObject()
                            .put("name", "s" + i)
                            .put("url", "http://127.0.0.1:1/?q=" + i)
                            .put("description", texts.get(i))
                            .put("body", i == 0 ? "" : texts.get(i))
                            .put("bodySecret", i % 2 == 0)
                            .put("interval", i % 3 == 0 ? null : i)
                            .put("paused", true)
                            .put("headers", i % 4 == 0 ? null : new JsonObject().put("X-" + i % 7, "=v" + i))
                            .put("labels", new JsonObject().put("a/b.c", "").put("n", "'" + i))
                            .encode());
        }
        assertCounts(bulk("application/json", "[" + services + "]", ""), texts.size(), 0);
        Answer exported = export(type);
        assertThat(exported.header("Content-Type")).startsWith(type);

        assertCounts(bulk(type, exported.text(), "?dryRun=true"), 0, texts.size());
        deleteAll();
        assertCounts(bulk(type, exported.text(), ""), texts.size(), 0);
        assertThat(export(type).text()).isEqualTo(exported.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {CSV, YAML})
    void anEmptyExportIsTakenBack(String type) {
        Answer exported = export(type);

        assertThat(exported.status()).isEqualTo(200);
        assertCounts(bulk(type, exported.text(), ""), 0, 0);
    }

    @Test
    void aTableForASpreadsheetHoldsNoFormulas() {
        bulk("application/json", "[{\"name\": \"=cmd()\", \"url\": \"http://127.0.0.1:1/\", \"paused\": true}]", "");

        Answer exported = export(CSV);

        assertThat(exported.text())
                .startsWith("id,name,url,")
                .contains(",'=cmd(),")
                .contains("\r\n");
        assertThat(exported.header("Content-Disposition")).isEqualTo("attachment; filename=\"services.csv\"");
    }

    @Test
    void moreDifferentLabelsThanATableHoldsAreRefused() {
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            services.append(i == 0 ? "" : ",")
                    .append("{\"name\": \"s" + i
                            + "\", \"url\": \"http://127.0.0.1:1/\", \"paused\": true, \"labels\": {\"k" + i
                            + "\": \"\"}}");
        }
        assertCounts(bulk("application/json", "[" + services + "]", ""), 1_000, 0);

        Answer refused = export(CSV);
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.message()).startsWith("Accept: text/csv has at most 1000 columns");
        assertCounts(bulk(YAML, export(YAML).text(), ""), 0, 1_000);
    }

    @Test
    void createdAtAndDeclaredAreInEveryFormButATable() {
        bulk(CSV, "name,url,paused\nShop,http://127.0.0.1:1/,wahr\n", "");

        assertThat(listed("Shop").getBoolean("paused")).isTrue();
        assertThat(export(CSV).text()).doesNotContain("createdAt").doesNotContain("declared");
        assertThat(export(YAML).text()).contains("createdAt").contains("declared");
    }

    @Test
    void aDryRunShowsWhereLongValuesDiffer() {
        String text = "x".repeat(1_000);
        bulk(CSV, "name,url,description\nShop,http://127.0.0.1:1/," + text + "old\n", "");

        JsonObject changed = bulk(
                        CSV, "name,url,description\nShop,http://127.0.0.1:1/," + text + "new\n", "?dryRun=true")
                .json()
                .getJsonArray("changed")
                .getJsonObject(0);

        String context = "…" + "x".repeat(40);
        assertThat(changed.getJsonObject("before").getString("description")).isEqualTo(context + "old");
        assertThat(changed.getJsonObject("after").getString("description")).isEqualTo(context + "new");
    }

    @Test
    void aDryRunTellsTheValuesAndNoSecrets() {
        bulk(CSV, "name,url,headers.Authorization,interval\nShop,http://127.0.0.1:1/,s3cret,30\n", "");

        Answer dry =
                bulk(CSV, "name,url,headers.Authorization,interval\nShop,http://127.0.0.1:1/,0ther,\n", "?dryRun=true");

        JsonObject changed = dry.json().getJsonArray("changed").getJsonObject(0);
        assertThat(changed.getJsonArray("fields")).isEqualTo(new JsonArray(List.of("interval", "headers")));
        assertThat(changed.getJsonObject("before").getInteger("interval")).isEqualTo(30);
        assertThat(changed.getJsonObject("after").getMap()).containsEntry("interval", null);
        assertThat(dry.text()).doesNotContain("s3cret").doesNotContain("0ther");
    }
}
