package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.testing.NextVersion;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that have to change for a plain field. Its use is up to the field. */
class NextVersionTest {

    private static final Map<String, Object> GIVEN =
            Map.of("name", "Shop", "url", "https://example.com/", "runbook", "https://wiki/shop");

    @Test
    @SuppressWarnings("unchecked") // the probe passes maps of JSON values
    void aPlainFieldIsAddedInTheDescriptorAndTheRecord(@TempDir Path directory) throws Exception {
        NextVersion next = NextVersion.withRunbook(directory);
        assertThat(next.files())
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

    @Test
    void theDocumentAndTheTextsAreTheOnlyOtherPlaces(@TempDir Path directory) throws Throwable {
        NextVersion undocumented = NextVersion.withRunbook(directory.resolve("undocumented"));
        try (URLClassLoader loader = NextVersion.loader(undocumented.compile())) {
            Class<?> rules = loader.loadClass("io.openuptimes.web.FieldRulesTest");
            assertThatThrownBy(() -> call(rules, "theDocumentHasExactlyTheFieldsOfServices"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("runbook");
            Class<?> texts = loader.loadClass("io.openuptimes.web.FieldTextsTest");
            assertThatThrownBy(() -> call(texts, "eachFieldHasAName", "en"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("services.field.runbook");
        }

        NextVersion next =
                NextVersion.withRunbook(directory.resolve("documented")).withTextsOfRunbook();
        assertThat(next.files())
                .containsExactlyInAnyOrder(
                        "io/openuptimes/model/CommonFields.java",
                        "io/openuptimes/model/Service.java",
                        "openapi.yaml",
                        "webroot/assets/texts/en.js",
                        "webroot/assets/texts/de.js");
        try (URLClassLoader loader = NextVersion.loader(next.compile())) {
            Class<?> rules = loader.loadClass("io.openuptimes.web.FieldRulesTest");
            call(rules, "theDocumentHasExactlyTheFieldsOfServices");
            call(rules, "theDocumentMatchesEachDescriptor");
            Class<?> texts = loader.loadClass("io.openuptimes.web.FieldTextsTest");
            call(texts, "eachFieldHasAName", "en");
            call(texts, "eachFieldHasAName", "de");
        }
    }

    /** Calls a test of the next version, and throws what it throws. */
    private static void call(Class<?> test, String method, Object... arguments) throws Throwable {
        Class<?>[] types = Stream.of(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        Constructor<?> constructor = test.getDeclaredConstructor();
        Method called = test.getDeclaredMethod(method, types);
        constructor.setAccessible(true);
        called.setAccessible(true);
        try {
            called.invoke(constructor.newInstance(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
