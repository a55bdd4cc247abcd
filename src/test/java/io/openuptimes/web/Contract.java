package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document, for validating responses. */
public final class Contract {

    private final JsonObject document;
    private final OpenAPIContract known;
    private final Map<String, Validator> validators = new ConcurrentHashMap<>();

    private Contract(JsonObject document, OpenAPIContract known) {
        this.document = document;
        this.known = known;
    }

    public static Contract read(Vertx vertx) {
        JsonObject document = OpenApiHandler.toJson(
                vertx.fileSystem().readFileBlocking(OpenApiHandler.RESOURCE).toString());
        JsonObject known = document.copy();
        known.remove("servers"); // relative to the document's URL, which Vert.x rejects
        keepKnown(known);
        return new Contract(document, await(OpenAPIContract.from(vertx, known)));
    }

    /** Removes what Vert.x rejects: unknown media types, and a null format. */
    private static void keepKnown(@Nullable Object part) {
        if (part instanceof JsonObject object) {
            if (object.getValue("content") instanceof JsonObject content) {
                content.fieldNames().removeIf(type -> !MediaType.isMediaTypeSupported(type));
                object.remove("headers"); // response headers are validated by headerProblems
            }
            if (object.getValue("type") instanceof JsonArray types && types.contains("null")) {
                object.remove("format");
            }
            object.forEach(member -> keepKnown(member.getValue()));
        } else if (part instanceof JsonArray array) {
            array.forEach(Contract::keepKnown);
        }
    }

    /** The whole document. */
    public JsonObject document() {
        return document;
    }

    /**
     * Why a response without a body violates the document.
     *
     * @param type its {@code Content-Type}; a line-based list may be empty
     * @param head whether the body is absent because the request was a HEAD
     */
    public List<String> problemsWithoutBody(String operationId, int status, String type, boolean head) {
        JsonObject answer = answer(operationId, status);
        if (answer == null) {
            return List.of("which " + operationId + " does not document");
        }
        JsonObject content = answer.getJsonObject("content", new JsonObject());
        boolean documented =
                head || content.isEmpty() || (content.containsKey(type) && !type.equals("application/json"));
        return documented ? List.of() : List.of("without the body that is documented");
    }

    /**
     * Why a response violates the document.
     *
     * @param type of the body, without parameters
     * @param some whether the request selected fields, so that others may be absent
     */
    public List<String> problems(String operationId, int status, String type, Buffer body, boolean some) {
        JsonObject answer = answer(operationId, status);
        if (answer == null) {
            return List.of("which " + operationId + " does not document");
        }
        JsonObject content = answer.getJsonObject("content", new JsonObject());
        JsonObject media = content.getJsonObject(type);
        if (media == null) {
            return content.isEmpty() ? List.of() : List.of("a body of " + type + " instead of " + content.fieldNames());
        }
        JsonObject schema = media.getJsonObject("schema", new JsonObject());
        if (!type.equals("application/json") || schema.isEmpty()) {
            return List.of();
        }
        Object value;
        try {
            value = body.getByte(0) == '[' ? new JsonArray(body) : new JsonObject(body);
        } catch (DecodeException e) {
            return List.of("which is no JSON");
        }
        return problems(
                validators.computeIfAbsent(
                        operationId + status + (some ? " some" : ""), key -> validator(schema, some)),
                value);
    }

    /** Whether the operation documents responses with this status. */
    boolean documents(String operationId, int status) {
        return answer(operationId, status) != null;
    }

    /**
     * Why the headers of a response violate the document; undocumented headers are allowed.
     *
     * @param headers a header's value by name, null if absent
     */
    List<String> headerProblems(String operationId, int status, UnaryOperator<@Nullable String> headers) {
        JsonObject answer = answer(operationId, status);
        JsonObject documented = answer == null ? new JsonObject() : answer.getJsonObject("headers", new JsonObject());
        return documented.stream()
                .flatMap(
                        header -> headerProblems(
                                header.getKey(), header((JsonObject) header.getValue()), headers.apply(header.getKey()))
                                .stream())
                .toList();
    }

    private JsonObject header(JsonObject header) {
        String reference = header.getString("$ref");
        return reference == null
                ? header
                : document.getJsonObject("components")
                        .getJsonObject("headers")
                        .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private List<String> headerProblems(String name, JsonObject header, @Nullable String value) {
        if (value == null) {
            return header.getBoolean("required", false) ? List.of("without " + name) : List.of();
        }
        JsonObject schema = header.getJsonObject("schema");
        boolean number = "integer".equals(schema.getString("type")) && value.matches("-?\\d{1,18}");
        return problems(validator(schema, false), number ? Long.valueOf(value) : value);
    }

    private static void requireNothing(@Nullable Object part) {
        if (part instanceof JsonObject object) {
            if (object.getValue("required") instanceof JsonArray) {
                object.remove("required");
            }
            if (object.getMap().get("dependentRequired") != null && object.containsKey("properties")) {
                object.remove("dependentRequired");
            }
            object.forEach(member -> requireNothing(member.getValue()));
        } else if (part instanceof JsonArray array) {
            array.forEach(Contract::requireNothing);
        }
    }

    private @Nullable JsonObject answer(String operationId, int status) {
        Operation operation = known.operation(operationId);
        JsonObject answer = document.getJsonObject("paths")
                .getJsonObject(operation.getOpenAPIPath())
                .getJsonObject(operation.getHttpMethod().name().toLowerCase(Locale.ROOT))
                .getJsonObject("responses")
                .getJsonObject(Integer.toString(status));
        if (answer != null && answer.containsKey("$ref")) {
            String name = answer.getString("$ref").replace("#/components/responses/", "");
            return document.getJsonObject("components")
                    .getJsonObject("responses")
                    .getJsonObject(name);
        }
        return answer;
    }

    /** Without media types unknown to Vert.x. */
    OpenAPIContract known() {
        return known;
    }

    /** The documented media types of an operation's response, empty if there are none. */
    Set<String> answerTypes(String operationId, int status) {
        JsonObject answer = answer(operationId, status);
        if (answer == null) {
            throw new AssertionError(operationId + " has no answer " + status);
        }
        return answer.getJsonObject("content", new JsonObject()).fieldNames();
    }

    /** Why a value violates the named schema. */
    List<String> problems(String schema, JsonObject value) {
        JsonObject reference = new JsonObject().put("$ref", "#/components/schemas/" + schema);
        return problems(validators.computeIfAbsent(schema, name -> validator(reference, false)), value);
    }

    private static List<String> problems(Validator validator, Object value) {
        OutputUnit result;
        synchronized (validator) {
            result = validator.validate(value);
        }
        return result.getValid()
                ? List.of()
                : result.getErrors().stream()
                        .map(problem -> problem.getInstanceLocation() + ": " + problem.getError())
                        .toList();
    }

    private Validator validator(JsonObject schema, boolean some) {
        JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
        JsonObject root = new ClosedSchema(schemas).of(schema);
        if (some) {
            requireNothing(root);
        }
        return Validator.create(
                JsonSchema.of(root),
                new JsonSchemaOptions()
                        .setDraft(Draft.DRAFT202012)
                        .setBaseUri("https://openuptimes.invalid/")
                        .setOutputFormat(OutputFormat.Basic));
    }
}
