package io.openuptimes.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TextsTest {

    private static final Pattern KEY = Pattern.compile("(?m)^  '([^']+)':");
    private static final Set<String> NOT_RECORDED = Set.of("testService");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theAuditPageHasWordsForEveryOperationThatChangesSomething(String language) throws IOException {
        String texts = text("webroot/assets/texts/" + language + ".js");

        assertThat(operationsThatAct()).hasSizeGreaterThan(15).allSatisfy(operation -> assertThat(texts)
                .contains("'audit.action." + operation + "': '"));
    }

    /** Of duplicate keys, the second would win silently. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noTextIsThereTwice(String language) throws IOException {
        List<String> keys = KEY.matcher(text("webroot/assets/texts/" + language + ".js"))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(keys).hasSizeGreaterThan(500).doesNotHaveDuplicates();
    }

    private static List<String> operationsThatAct() throws IOException {
        Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text("openapi.yaml"));
        JsonObject paths = JsonObject.mapFrom(document).getJsonObject("paths");
        return paths.fieldNames().stream()
                .map(paths::getJsonObject)
                .flatMap(path -> path.fieldNames().stream()
                        .filter(Set.of("post", "put", "patch", "delete")::contains)
                        .map(path::getJsonObject)
                        .map(operation -> operation.getString("x-audit-action", operation.getString("operationId"))))
                .distinct()
                .filter(operation -> !NOT_RECORDED.contains(operation))
                .toList();
    }

    private static String text(String resource) throws IOException {
        return new String(ClassPathFiles.read(resource), StandardCharsets.UTF_8);
    }
}
