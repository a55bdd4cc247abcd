package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.ServiceField;
import io.openuptimes.model.ServiceFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages have a name for each field that callers can set. */
class FieldTextsTest {

    /** Has the input of {@code expectedStatus}. */
    private static final Set<String> WITHOUT_INPUT = Set.of("expectedStatuses");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void eachFieldHasAName(String language) throws IOException {
        String texts = texts(language);
        for (ServiceField field : ServiceFields.ALL) {
            boolean isSet = !field.rules().serverSet() && !field.rules().derived();
            if (isSet && !WITHOUT_INPUT.contains(field.name())) {
                assertThat(texts).contains("'services.field." + field.name() + "': '");
            }
        }
    }

    private static String texts(String language) throws IOException {
        String resource = "webroot/assets/texts/" + language + ".js";
        try (InputStream in = FieldTextsTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
