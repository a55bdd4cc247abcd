package io.openuptimes.declare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.runtime.Decimal;
import io.openuptimes.runtime.yaml.YamlProblem;
import io.openuptimes.runtime.yaml.YamlReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses a file into maps, lists and values: a single YAML or JSON document without duplicate keys. */
final class Document {

    private static final int MAX_DEPTH = 20;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Document() {}

    /**
     * @throws InvalidInputException if parsing fails; the message names the line and quotes nothing, because the text
     *     may contain secrets
     */
    static @Nullable Object read(byte[] content, boolean json) throws InvalidInputException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("file", "is not UTF-8");
        }
        return json ? json(text) : yaml(text);
    }

    private static @Nullable Object yaml(String text) throws InvalidInputException {
        try {
            return YamlReader.read(new StringReader(text), "services", bytes -> {})
                    .value();
        } catch (YamlProblem e) {
            throw new InvalidInputException("file", e.problem());
        }
    }

    private static @Nullable Object json(String text) throws InvalidInputException {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new InvalidInputException("file", "must be a single JSON object, but more data follows");
            }
            return value;
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new InvalidInputException("file", "is not valid JSON" + line);
        } catch (IOException e) {
            throw new InvalidInputException("file", "is not valid JSON");
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return null; // an empty file
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        BigDecimal number = Decimal.parse(parser.getText());
        if (number == null) {
            throw new JsonParseException(parser, "number out of range", parser.currentTokenLocation());
        }
        return number;
    }
}
