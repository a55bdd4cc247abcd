package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldValues;
import java.util.List;
import java.util.Locale;

/**
 * The URLs and fields of a check type. A type that this program can check also has a prober; {@link SpecTypes} finds
 * the types.
 *
 * @param <S> its fields in their Java form
 */
public interface SpecType<S extends CheckSpec> {

    /** The value of the service's field {@code type}. */
    String name();

    /** URL schemes in lower case; no two types share one. */
    List<String> schemes();

    /** In display order. */
    List<Field<S, ?>> fields();

    Class<S> specClass();

    /**
     * The spec with these values of {@link #fields}.
     *
     * @throws InvalidInputException if the values contradict each other
     */
    S spec(FieldValues values) throws InvalidInputException;

    /**
     * Validates a URL of one of the schemes.
     *
     * @throws IllegalArgumentException with a message that describes the problem without the field's name
     */
    void checkUrl(String url);

    /** Whether the URL has one of the schemes. */
    default boolean takes(String url) {
        int colon = url.indexOf(':');
        return colon > 0 && schemes().contains(url.substring(0, colon).toLowerCase(Locale.ROOT));
    }
}
