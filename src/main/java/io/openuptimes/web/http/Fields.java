package io.openuptimes.web.http;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.NameRules;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a small body. Any invalid field is a 400 that names it. A null counts as absent. */
public final class Fields {

    private final Map<String, Object> body;

    private Fields(Map<String, Object> body) {
        this.body = body;
    }

    /**
     * @param names all allowed fields
     * @throws ApiException 400 if the body has any other field
     */
    public static Fields of(Map<String, Object> body, String... names) {
        List<String> known = List.of(names);
        List<String> unknown = body.keySet().stream()
                .filter(name -> !known.contains(name))
                .limit(10)
                .map(Excerpt::ofName)
                .toList();
        if (!unknown.isEmpty()) {
            throw Errors.invalid(Problem.notAmong(
                    ProblemCode.UNKNOWN_FIELD,
                    String.join(", ", unknown),
                    "unknown field; known fields: " + String.join(", ", known),
                    known));
        }
        return new Fields(body);
    }

    public String required(String name, int min, int max) {
        String text = optional(name, min, max);
        if (text == null) {
            throw Errors.invalid(Problem.of(ProblemCode.REQUIRED, name, "is required"));
        }
        return text;
    }

    /** Lengths are in code points. */
    @Nullable
    public String optional(String name, int min, int max) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw Errors.invalid(Problem.wrongType(name, "must be a string", "string"));
        }
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            throw Errors.invalid(new Problem(
                    name,
                    "must be " + min + " to " + max + " characters",
                    length < min ? ProblemCode.TOO_SHORT : ProblemCode.TOO_LONG,
                    Map.of("min", min, "max", max)));
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Errors.invalid(Problem.of(ProblemCode.INVALID_FORMAT, name, "must be valid Unicode"));
        }
        return text;
    }

    /** A boolean; false if absent. */
    public boolean flag(String name) {
        Object value = body.get(name);
        if (value == null) {
            return false;
        }
        if (!(value instanceof Boolean flag)) {
            throw Errors.invalid(Problem.wrongType(name, "must be true or false", "boolean"));
        }
        return flag;
    }

    /** A display name, trimmed and validated by {@link NameRules}. */
    public String requiredName(String name, int min, int max) {
        return readable(name, required(name, min, max));
    }

    /** Like {@link #requiredName}; null if absent. */
    public @Nullable String optionalName(String name, int min, int max) {
        String text = optional(name, min, max);
        return text == null ? null : readable(name, text);
    }

    /**
     * A list of distinct names; null if absent.
     *
     * @param most maximum number of entries
     * @param max maximum length of each, in characters
     */
    public @Nullable List<String> optionalNames(String name, int most, int max) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list) || list.size() > most) {
            throw Errors.invalid(name, "must be a list of at most " + most + " names");
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String place = name + "[" + i + "]";
            Object entry = list.get(i);
            String text = entry == null ? null : of(Map.of(place, entry), place).optionalName(place, 1, max);
            if (text == null) {
                throw Errors.invalid(Problem.wrongType(place, "must be a string", "string"));
            }
            if (!names.add(text)) {
                throw Errors.invalid(Problem.of(ProblemCode.DUPLICATE, place, "is listed twice"));
            }
        }
        return List.copyOf(names);
    }

    private static String readable(String field, String text) {
        String name = NameRules.trimmed(text);
        String problem = NameRules.problem(name);
        if (problem != null) {
            throw Errors.invalid(Problem.of(ProblemCode.INVALID_FORMAT, field, problem));
        }
        return name;
    }
}
