package io.openuptimes.model.field;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a field, from which validation, stored form, API schema and the pages' form are derived.
 *
 * @param <S> the owner of the field
 * @param <T> its Java type
 */
public final class Field<S, T> {

    private final FieldRules rules;
    private final FieldReader<T> reader;
    private final Function<Object, T> decoder;
    private final Function<T, Object> encoder;
    private final Function<S, @Nullable T> getter;
    private final BiFunction<S, Disclosure, @Nullable Object> mask;
    private final Predicate<S> stored;
    private final Predicate<S> shown;
    private final @Nullable T byDefault;

    Field(FieldBuilder<S, T> builder, Function<S, @Nullable T> getter) {
        this.rules = builder.rules();
        this.reader = builder.reader;
        this.decoder = builder.decoder;
        this.encoder = builder.encoder;
        this.getter = getter;
        this.byDefault = builder.byDefault;
        BiFunction<S, Disclosure, @Nullable Object> given = builder.mask;
        this.mask = given != null ? given : (owner, disclosure) -> json(owner);
        this.stored = presence(builder.stored, this::isSet);
        this.shown = presence(builder.shown, owner -> true);
    }

    private static <S> Predicate<S> presence(@Nullable Predicate<S> given, Predicate<S> otherwise) {
        return given != null ? given : otherwise;
    }

    /** An optional text, empty by default. */
    public static <S> FieldBuilder<S, String> text(String name, int maxLength) {
        return new FieldBuilder<S, String>(name, FieldKind.TEXT, FieldReader.text(maxLength))
                .length(0, maxLength)
                .byDefault("");
    }

    /** An optional text with its own Java type, absent by default. */
    public static <S, T> FieldBuilder<S, T> parsed(
            String name, FieldReader<T> reader, Function<String, T> decoder, Function<T, String> encoder) {
        return new FieldBuilder<S, T>(name, FieldKind.TEXT, reader)
                .encoded(json -> decoder.apply((String) json), encoder::apply);
    }

    /** A whole number, absent by default. */
    public static <S> FieldBuilder<S, Integer> whole(String name, int min, int max) {
        return new FieldBuilder<S, Integer>(
                        name, FieldKind.WHOLE, (field, given) -> (int) FieldReader.whole(field, given, min, max))
                .range(min, max);
    }

    public static <S> FieldBuilder<S, Boolean> flag(String name, boolean byDefault) {
        return new FieldBuilder<S, Boolean>(name, FieldKind.FLAG, FieldReader.flag()).byDefault(byDefault);
    }

    /** A flag that is absent by default. */
    public static <S> FieldBuilder<S, Boolean> choice(String name) {
        return new FieldBuilder<S, Boolean>(name, FieldKind.FLAG, FieldReader.flag());
    }

    /** An object of texts, empty by default. */
    public static <S> FieldBuilder<S, Map<String, String>> texts(
            String name, int maxEntries, FieldReader<Map<String, String>> reader) {
        return new FieldBuilder<S, Map<String, String>>(name, FieldKind.TEXTS, reader)
                .mostEntries(maxEntries)
                .byDefault(Map.of());
    }

    /** A list of names, empty by default. */
    public static <S> FieldBuilder<S, List<String>> names(
            String name, int maxEntries, FieldReader<List<String>> reader) {
        return new FieldBuilder<S, List<String>>(name, FieldKind.NAMES, reader)
                .mostEntries(maxEntries)
                .byDefault(List.of());
    }

    /** A field that the server sets. */
    public static <S, T> FieldBuilder<S, T> ofServer(String name, FieldKind kind) {
        return new FieldBuilder<S, T>(name, kind, (field, given) -> {
                    throw new IllegalStateException(field + " is not read from callers");
                })
                .serverSet()
                .always();
    }

    public String name() {
        return rules.name();
    }

    public FieldRules rules() {
        return rules;
    }

    /** The value if the field is not set; null for none. */
    public @Nullable T byDefault() {
        return byDefault;
    }

    /** Validates a caller's value. */
    public T read(Object given) throws InvalidInputException {
        return reader.read(name(), given);
    }

    /**
     * Decodes a stored value without validating it again.
     *
     * @throws RuntimeException if the value does not have the stored form
     */
    public T decode(Object json) {
        return decoder.apply(json);
    }

    /** The owner's value. */
    public @Nullable T of(S owner) {
        return getter.apply(owner);
    }

    /** The owner's value in its JSON form; null for none. */
    public @Nullable Object json(S owner) {
        T value = of(owner);
        return value == null ? null : encoder.apply(value);
    }

    /** The JSON form as this caller may see it. */
    public @Nullable Object shown(S owner, Disclosure disclosure) {
        return disclosure == Disclosure.FULL ? json(owner) : mask.apply(owner, disclosure);
    }

    /** The default in its JSON form. */
    public @Nullable Object defaultJson() {
        return rules.byDefault();
    }

    /** Whether it differs from the default. */
    public boolean isSet(S owner) {
        return !Objects.equals(of(owner), byDefault);
    }

    /** Whether the stored form includes the owner's value. */
    public boolean isStored(S owner) {
        return stored.test(owner);
    }

    /** Whether answers include the owner's value. */
    public boolean isShown(S owner) {
        return shown.test(owner);
    }

    public boolean isEqual(S one, S other) {
        return Objects.equals(of(one), of(other));
    }

    @Override
    public String toString() {
        return "Field[" + name() + "]";
    }
}
