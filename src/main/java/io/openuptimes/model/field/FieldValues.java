package io.openuptimes.model.field;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of fields that were given, in their Java form; all other fields have their defaults. */
public final class FieldValues {

    /** Initial capacity, so that reading a million services grows no maps. */
    private static final int CAPACITY = 64;

    private final Map<String, Object> given = new HashMap<>(CAPACITY);

    public void put(Field<?, ?> field, Object value) {
        given.put(field.name(), value);
    }

    /** Whether a value was given, even if it is the default. */
    public boolean has(Field<?, ?> field) {
        return given.containsKey(field.name());
    }

    /** The given value or the default. */
    @SuppressWarnings({"unchecked", "NullAway"}) // put there by a field of the same name; defaults may be null
    public <T> T get(Field<?, T> field) {
        Object value = given.get(field.name());
        return value == null ? field.byDefault() : (T) value;
    }

    /** The given value; null if there is none. */
    @SuppressWarnings("unchecked") // put there by a field of the same name
    public <T> @Nullable T given(Field<?, T> field) {
        return (T) given.get(field.name());
    }
}
