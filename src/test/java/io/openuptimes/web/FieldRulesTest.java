package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.ServiceField;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.field.EntryRules;
import io.openuptimes.model.field.FieldKind;
import io.openuptimes.model.field.FieldRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The descriptors of fields, openapi.yaml and {@code GET /api/check-types} agree. */
class FieldRulesTest {

    private static final JsonObject SCHEMAS = schemas();

    private static JsonObject schemas() {
        try (InputStream in = FieldRulesTest.class.getClassLoader().getResourceAsStream(OpenApiHandler.RESOURCE)) {
            String yaml = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return OpenApiHandler.toJson(yaml).getJsonObject("components").getJsonObject("schemas");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject properties(String schema) {
        return SCHEMAS.getJsonObject(schema).getJsonObject("properties");
    }

    static Stream<ServiceField> fields() {
        return ServiceFields.ALL.stream();
    }

    @Test
    void theDocumentHasExactlyTheFieldsOfServices() {
        assertThat(properties("ServiceFields").fieldNames()).containsExactlyInAnyOrderElementsOf(ServiceFields.SHOWN);
        assertThat(properties("ServicePatch").fieldNames()).containsExactlyInAnyOrderElementsOf(ServiceFields.SHOWN);
        assertThat(properties("Service").fieldNames()).containsAll(ServiceFields.SHOWN);
        assertThat(SCHEMAS.getJsonObject("ServiceFields").getJsonArray("required"))
                .containsExactlyInAnyOrderElementsOf(fields().map(ServiceField::rules)
                        .filter(FieldRules::required)
                        .map(FieldRules::name)
                        .toList());
    }

    @Test
    void theDocumentMatchesEachDescriptor() {
        assertThat(fields()).allSatisfy(FieldRulesTest::assertDocumented);
    }

    private static void assertDocumented(ServiceField field) {
        FieldRules rules = field.rules();
        JsonObject schema = properties("ServiceFields").getJsonObject(field.name());
        assertBounds(rules, schema);
        assertBounds(rules, properties("ServicePatch").getJsonObject(field.name()));
        boolean isFixed = rules.byDefault() != null && rules.defaultFollows() == null;
        assertThat(schema.containsKey("default")).as(rules.name()).isEqualTo(isFixed);
        assertThat(schema.getValue("default")).isEqualTo(isFixed ? json(rules.byDefault()) : null);
        assertEntries(rules, schema);
    }

    private static void assertEntries(FieldRules rules, JsonObject schema) {
        if (rules.keys() != null) {
            assertEach(rules.keys(), schema.getJsonObject("propertyNames"), false);
        }
        if (rules.entries() != null && rules.separator() == null) { // OpenAPI has no rules for the parts of a text
            assertEach(
                    rules.entries(),
                    schema.getJsonObject(rules.kind() == FieldKind.TEXTS ? "additionalProperties" : "items"),
                    rules.secret());
        }
    }

    /**
     * @param canBeHidden whether requests may contain the placeholder of a secret, which has no documented pattern
     */
    private static void assertEach(EntryRules rules, JsonObject schema, boolean canBeHidden) {
        String pattern = rules.pattern() == null || canBeHidden ? null : "^" + rules.pattern() + "$";
        assertThat(schema.getString("pattern")).isEqualTo(pattern);
        assertThat(schema.getInteger("maxLength")).isEqualTo(rules.maxLength());
    }

    private static void assertBounds(FieldRules rules, JsonObject schema) {
        assertThat(types(schema)).contains(rules.kind().type());
        assertThat(types(schema).contains("null") || rules.required() || schema.containsKey("enum"))
                .isTrue();
        assertThat(schema.getInteger("minimum")).isEqualTo(rules.min());
        assertThat(schema.getInteger("maximum")).isEqualTo(rules.max());
        String most =
                switch (rules.kind()) {
                    case TEXTS -> "maxProperties";
                    case NAMES -> "maxItems";
                    default -> "maxLength";
                };
        boolean isText = most.equals("maxLength");
        if (!isText || rules.pattern() == null) { // a pattern may bound the length, too
            assertThat(schema.getInteger(most)).isEqualTo(isText ? rules.maxLength() : rules.maxEntries());
            assertThat(schema.getInteger("minLength", 0)).isEqualTo(rules.minLength());
        }
        if (rules.pattern() != null) {
            assertThat(schema.getString("pattern")).isEqualTo("^" + rules.pattern() + "$");
        }
        assertAllowed(rules, schema);
    }

    private static void assertAllowed(FieldRules rules, JsonObject schema) {
        if (schema.containsKey("enum")) {
            assertThat(schema.getJsonArray("enum")).containsExactlyElementsOf(rules.allowed());
        } else if (!rules.allowed().isEmpty()) {
            Pattern pattern = Pattern.compile(schema.getString("pattern"));
            assertThat(rules.allowed()).allMatch(word -> pattern.matcher(word).matches());
        }
    }

    private static List<Object> types(JsonObject schema) {
        Object type = schema.getValue("type");
        return type instanceof JsonArray several ? several.stream().toList() : List.of(type);
    }

    private static Object json(@Nullable Object value) {
        return new JsonObject(new JsonObject().put("value", value).encode()).getValue("value");
    }

    @Test
    void checkTypesHaveNamesSchemesAndFields() {
        JsonObject body = CheckTypesHandler.body();
        JsonObject http = body.getJsonArray("types").getJsonObject(0);
        assertThat(http.getString("name")).isEqualTo("http");
        assertThat(http.getJsonArray("schemes")).containsExactly("http", "https");
        assertThat(rulesOf(http.getJsonArray("fields"), "expectedStatus"))
                .isEqualTo(new JsonObject()
                        .put("name", "expectedStatus")
                        .put("type", "integer")
                        .put("default", 200)
                        .put("required", false)
                        .put("asksForCheck", true)
                        .put("secret", false)
                        .put("readOnly", false)
                        .put("defaultFollows", "expectedStatuses")
                        .put("min", 100)
                        .put("max", 999));
        JsonObject headers = rulesOf(http.getJsonArray("fields"), "headers");
        assertThat(headers.getBoolean("secret")).isTrue();
        assertThat(headers.getJsonObject("keys").getJsonArray("reserved")).contains("connection", "upgrade");
        assertThat(headers.getJsonObject("keys").getString("secret")).contains("passw");
        assertThat(headers.getJsonObject("entries").getInteger("maxLength")).isEqualTo(4_096);
        JsonObject statuses = rulesOf(http.getJsonArray("fields"), "expectedStatuses");
        assertThat(statuses.getString("separator")).isEqualTo(",");
        assertThat(statuses.getInteger("maxEntries")).isEqualTo(20);
        assertThat(rulesOf(body.getJsonArray("fields"), "interval").getValue("default"))
                .isNull();
        assertThat(rulesOf(body.getJsonArray("fields"), "createdAt").getBoolean("readOnly"))
                .isTrue();
    }

    private static JsonObject rulesOf(JsonArray fields, String name) {
        return fields.stream()
                .map(JsonObject.class::cast)
                .filter(field -> field.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
