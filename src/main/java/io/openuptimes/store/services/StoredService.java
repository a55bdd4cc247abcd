package io.openuptimes.store.services;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.openuptimes.model.CheckSpec;
import io.openuptimes.model.CommonFields;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceField;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.SpecType;
import io.openuptimes.model.SpecTypes;
import io.openuptimes.model.UnknownSpec;
import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldRules;
import io.openuptimes.model.field.FieldValues;
import io.openuptimes.store.secrets.SecretBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a service's JSON as written by this store, without validating its fields again: a million of them may have to
 * be read at startup.
 */
final class StoredService {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String ID = CommonFields.ID.name();
    private static final @Nullable ServiceField CREATED_AT = ServiceFields.named(CommonFields.CREATED_AT.name());
    private static final @Nullable ServiceField DECLARED = ServiceFields.named(CommonFields.DECLARED.name());
    private static final @Nullable ServiceField TYPE = ServiceFields.named(CommonFields.TYPE.name());

    private final JsonParser in;
    private final UnaryOperator<String> shared;
    private final FieldValues values = new FieldValues();
    private long createdAt;
    private boolean declared;
    private @Nullable String type;
    private Map<String, @Nullable Object> others = Map.of();

    private StoredService(JsonParser in, UnaryOperator<String> shared) {
        this.in = in;
        this.shared = shared;
    }

    /**
     * Reads a service and keeps its unknown members, see {@link Service#unknown}.
     *
     * @param shared returns the same instance for equal strings: many services share their group and labels
     * @return null if a known field differs in any way from the form that this store writes; the caller then parses it
     *     fully
     */
    static @Nullable Service read(String id, byte[] json, UnaryOperator<String> shared) {
        try (JsonParser in = JSON.createParser(json)) {
            return new StoredService(in, shared).read(id);
        } catch (IOException | RuntimeException | InvalidInputException e) {
            return null;
        }
    }

    private @Nullable Service read(String id) throws IOException, InvalidInputException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            if (field.equals(ID)) {
                if (!id.equals(in.getText())) {
                    return null;
                }
            } else {
                take(field, value);
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
            return null;
        }
        String typeName = typeName();
        SpecType<?> known = SpecTypes.named(typeName);
        CheckSpec spec = known == null ? new UnknownSpec(typeName) : known.spec(values);
        return ServiceFields.isComplete(typeName, values)
                ? Service.of(id, createdAt, declared, values, spec, kept())
                : null;
    }

    /** Known before the type's fields are read, because {@code type} and the URL are written among the first. */
    private String typeName() {
        if (type == null) {
            String url = values.given(CommonFields.URL);
            if (url == null) {
                throw new IllegalArgumentException("no URL yet");
            }
            type = SpecTypes.nameOfUrl(url);
        }
        return type;
    }

    private void take(String name, JsonToken token) throws IOException {
        ServiceField known = ServiceFields.named(name);
        if (known == CREATED_AT) {
            createdAt = in.getLongValue();
        } else if (known == DECLARED) {
            declared = in.getBooleanValue();
        } else if (known == TYPE) {
            if (type != null) {
                throw new IllegalArgumentException("a type behind its fields");
            }
            type = shared.apply(text());
        } else {
            Field<?, ?> field = known == null ? null : known.in(known.types().isEmpty() ? null : typeName());
            if (field == null) {
                keep(name, StoredValue.read(in));
            } else if (token != JsonToken.VALUE_NULL) {
                values.put(field, field.decode(json(field.rules())));
            }
        }
    }

    private void keep(String name, @Nullable Object value) {
        if (others.isEmpty()) {
            others = new LinkedHashMap<>();
        }
        others.put(name, value);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects contain nulls
    private Map<String, Object> kept() {
        Map<String, ?> kept = others.isEmpty() ? Map.of() : Collections.unmodifiableMap(others);
        return (Map<String, Object>) kept;
    }

    private Object json(FieldRules rules) throws IOException {
        return switch (rules.kind()) {
            case TEXT -> rules.repeats() ? shared.apply(text()) : text();
            case WHOLE -> in.getIntValue();
            case TIME -> in.getLongValue();
            case FLAG -> in.getBooleanValue();
            case TEXTS -> texts();
            case NAMES -> list();
        };
    }

    private String text() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("not a text");
        }
        return in.getText();
    }

    private List<String> list() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("not a list");
        }
        List<String> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(shared.apply(text()));
        }
        return list;
    }

    private Map<String, String> texts() throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not an object");
        }
        Map<String, String> texts = Map.of();
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            if (texts.isEmpty()) {
                texts = new LinkedHashMap<>();
            }
            in.nextToken();
            String text = text();
            texts.put(shared.apply(field), SecretBox.looksSealed(text) ? text : shared.apply(text));
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new IllegalArgumentException("not an object of texts");
        }
        return texts;
    }
}
