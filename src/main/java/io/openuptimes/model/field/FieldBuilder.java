package io.openuptimes.model.field;

import io.openuptimes.model.Disclosure;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects the rules of a {@link Field}; {@link #of} ends it. */
public final class FieldBuilder<S, T> {

    final FieldReader<T> reader;
    Function<Object, T> decoder;
    Function<T, Object> encoder = value -> value;

    @Nullable
    BiFunction<S, Disclosure, @Nullable Object> mask;

    @Nullable
    Predicate<S> stored;

    @Nullable
    Predicate<S> shown;

    @Nullable
    T byDefault;

    private final String name;
    private final FieldKind kind;
    private @Nullable Integer min;
    private @Nullable Integer max;
    private int minLength;
    private @Nullable Integer maxLength;
    private @Nullable Integer maxEntries;
    private @Nullable String pattern;
    private @Nullable String separator;
    private @Nullable EntryRules keys;
    private @Nullable EntryRules entries;
    private List<String> allowed = List.of();
    private boolean required;
    private boolean secret;
    private boolean serverSet;
    private boolean derived;
    private boolean asksForCheck;
    private boolean repeats;
    private boolean core;
    private boolean shownByAll;
    private int format = 1;
    private @Nullable String after;
    private @Nullable String replaces;
    private @Nullable String defaultFollows;

    @SuppressWarnings("unchecked") // the JSON form and the Java form are the same unless encoded() says otherwise
    FieldBuilder(String name, FieldKind kind, FieldReader<T> reader) {
        this.name = name;
        this.kind = kind;
        this.reader = reader;
        this.decoder = json -> (T) json;
    }

    public FieldBuilder<S, T> byDefault(T value) {
        byDefault = value;
        return this;
    }

    FieldBuilder<S, T> range(int smallest, int largest) {
        min = smallest;
        max = largest;
        return this;
    }

    /** Bounds of a text, which the reader must enforce. */
    public FieldBuilder<S, T> length(int shortest, int longest) {
        minLength = shortest;
        maxLength = longest;
        return this;
    }

    FieldBuilder<S, T> mostEntries(int most) {
        maxEntries = most;
        return this;
    }

    /** The syntax of a text, which the reader must enforce. */
    public FieldBuilder<S, T> pattern(String regex) {
        pattern = regex;
        return this;
    }

    /**
     * The text is a list.
     *
     * @param mark between two entries
     * @param most maximum number of entries
     */
    public FieldBuilder<S, T> separated(String mark, int most) {
        separator = mark;
        return mostEntries(most);
    }

    /** The keys of an object. */
    public FieldBuilder<S, T> keys(EntryRules each) {
        keys = each;
        return this;
    }

    /** The values of an object, or the entries of a list. */
    public FieldBuilder<S, T> entries(EntryRules each) {
        entries = each;
        return this;
    }

    /** The values that the reader accepts. */
    public FieldBuilder<S, T> allowed(List<String> values) {
        allowed = values;
        return this;
    }

    /** Another field determines the default if it is given. */
    public FieldBuilder<S, T> defaultFollows(String field) {
        defaultFollows = field;
        return this;
    }

    public FieldBuilder<S, T> required() {
        required = true;
        return this;
    }

    /**
     * The values are hidden from some callers.
     *
     * @param shownAs the JSON form for callers of that disclosure, never {@link Disclosure#FULL}
     */
    public FieldBuilder<S, T> secret(BiFunction<S, Disclosure, @Nullable Object> shownAs) {
        secret = true;
        mask = shownAs;
        return this;
    }

    FieldBuilder<S, T> serverSet() {
        serverSet = true;
        return this;
    }

    /** Derived from other fields; callers may send it if it matches. */
    public FieldBuilder<S, T> derived() {
        derived = true;
        return this;
    }

    public FieldBuilder<S, T> asksForCheck() {
        asksForCheck = true;
        return this;
    }

    public FieldBuilder<S, T> repeats() {
        repeats = true;
        return this;
    }

    /** Present in every stored service, see {@link FieldRules#core}. */
    public FieldBuilder<S, T> core() {
        core = true;
        return always();
    }

    /** Shown with its default by services of other types. */
    public FieldBuilder<S, T> shownByAll() {
        shownByAll = true;
        return this;
    }

    /** Can be set only once the stored data has this format: nodes that do not read it would misread the service. */
    public FieldBuilder<S, T> needsFormat(int number) {
        format = number;
        return this;
    }

    /** Follows that field in lists and exports. */
    public FieldBuilder<S, T> after(String field) {
        after = field;
        return this;
    }

    /**
     * A change that sets this field but does not contain the other one resets the other to its default. A null sets
     * this field only if it has a default.
     */
    public FieldBuilder<S, T> replaces(String field) {
        replaces = field;
        return this;
    }

    /** The stored form always has it; otherwise only values that differ from the default are stored. */
    public FieldBuilder<S, T> always() {
        stored = owner -> true;
        return this;
    }

    /** Stored on this condition only. */
    public FieldBuilder<S, T> storedIf(Predicate<S> condition) {
        stored = condition;
        return this;
    }

    /** Stored and shown on this condition only. */
    public FieldBuilder<S, T> onlyIf(Predicate<S> condition) {
        stored = condition;
        shown = condition;
        return this;
    }

    /** Another JSON form than the Java form. */
    public FieldBuilder<S, T> encoded(Function<Object, T> decode, Function<T, Object> encode) {
        decoder = decode;
        encoder = encode;
        return this;
    }

    FieldRules rules() {
        return new FieldRules(
                name,
                kind,
                min,
                max,
                minLength,
                maxLength,
                maxEntries,
                pattern,
                separator,
                keys,
                entries,
                allowed,
                required,
                secret,
                serverSet,
                derived,
                asksForCheck,
                repeats,
                core,
                shownByAll,
                format,
                after,
                replaces,
                defaultFollows,
                byDefault == null ? null : encoder.apply(byDefault));
    }

    /** The field, read by this accessor. */
    public Field<S, T> of(Function<S, @Nullable T> getter) {
        return new Field<>(this, getter);
    }
}
