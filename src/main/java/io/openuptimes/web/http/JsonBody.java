package io.openuptimes.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.openuptimes.runtime.Decimal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses a request body as a JSON object: exactly one, with unique names and nothing after it.
 *
 * <p>The result consists of unmodifiable maps and lists of strings, numbers, booleans and nulls. Depth, members,
 * lengths and numbers are bounded during parsing, so the result takes little more memory than the body.
 */
public final class JsonBody {

    /** Maximum bytes of a body that is read whole, and of one entry of a streamed body. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NAME = 1_000;

    static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // callers choose the names: an unbounded set
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(100)
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private JsonBody() {}

    /**
     * The required request body.
     *
     * @throws ApiException 415 if it is not declared as JSON, 400 if it is missing or not a JSON object
     */
    public static Map<String, Object> required(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0) {
            throw Errors.invalid("body", "is required: a JSON object");
        }
        refuseOtherTypes(context.request().getHeader(HttpHeaders.CONTENT_TYPE));
        return parse(body);
    }

    /** The optional request body; an empty map if there is none. */
    public static Map<String, Object> optional(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null || body.length() == 0 ? Map.of() : required(context);
    }

    static void refuseOtherTypes(@Nullable String contentType) {
        refuseOtherTypes(contentType, MediaTypes.JSON);
    }

    /**
     * @param wanted the expected types, for the message
     * @throws ApiException 415 if the type is not JSON
     */
    public static void refuseOtherTypes(@Nullable String contentType, String wanted) {
        if (!MediaTypes.isJson(MediaTypes.of(contentType))) {
            throw new ApiException(415, "Content-Type: must be " + wanted);
        }
    }

    static Map<String, Object> parse(Buffer body) {
        try (JsonParser parser = JSON.createParser(decode(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Errors.invalid("body", "must be a JSON object");
            }
            Map<String, Object> object = object(parser, new MemberLimit(() -> "body"));
            if (parser.nextToken() != null) {
                throw Errors.invalid(
                        "body", "must be a single JSON object, but more data follows" + at(parser.currentLocation()));
            }
            return object;
        } catch (JsonProcessingException e) {
            throw Errors.invalid("body", problem(e) + at(e.getLocation()));
        } catch (IOException e) {
            throw Errors.invalid("body", "is not UTF-8");
        }
    }

    /** The parser's message, without its hints for programmers. */
    static String problem(JsonProcessingException e) {
        return e instanceof StreamConstraintsException
                ? "exceeds the limit on nesting depth or on the length of a name, string or number"
                : e.getOriginalMessage()
                        .replaceFirst(
                                "(?s) \\(start marker at .*| \\(internal state: .*|: enable `.*|: maybe a .*", "");
    }

    private static String decode(Buffer body) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder() // unlike the parser's, it does not replace malformed input
                .decode(ByteBuffer.wrap(body.getBytes()))
                .toString();
    }

    static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static Map<String, Object> object(JsonParser parser, MemberLimit members) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            members.count();
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser, members));
        }
        return nonNullView(Collections.unmodifiableMap(object));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects may contain nulls; readers handle them
    private static Map<String, Object> nonNullView(Map<String, @Nullable Object> map) {
        return (Map<String, Object>) (Map<String, ?>) map;
    }

    private static @Nullable Object value(JsonParser parser, MemberLimit members) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, members);
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    members.count();
                    array.add(value(parser, members));
                }
                yield Collections.unmodifiableList(array);
            }
            default -> scalar(parser, parser.currentToken());
        };
    }

    static @Nullable Object scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null; // VALUE_NULL, the only value token left
        };
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        BigDecimal number = Decimal.parse(parser.getText());
        if (number == null) {
            throw Errors.invalid("body", "contains a number out of range" + at(parser.currentTokenLocation()));
        }
        return number;
    }
}
