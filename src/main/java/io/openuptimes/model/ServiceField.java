package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldRules;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A field of services: of all, or of those of some types. */
public final class ServiceField {

    private final String name;
    private final @Nullable Field<Service, ?> common;
    private final Map<String, Field<? extends CheckSpec, ?>> byType = new LinkedHashMap<>();

    private ServiceField(String name, @Nullable Field<Service, ?> common) {
        this.name = name;
        this.common = common;
    }

    static ServiceField common(Field<Service, ?> field) {
        return new ServiceField(field.name(), field);
    }

    static ServiceField own(String name) {
        return new ServiceField(name, null);
    }

    void add(String type, Field<? extends CheckSpec, ?> field) {
        byType.put(type, field);
    }

    public String name() {
        return name;
    }

    /** Names of the types with this field; empty for all. */
    public Set<String> types() {
        return byType.keySet();
    }

    /** The descriptor for services of that type; null if they do not have the field. */
    public @Nullable Field<?, ?> in(@Nullable String type) {
        return common != null ? common : type == null ? null : byType.get(type);
    }

    /** The descriptors of all types that have it. */
    Collection<? extends Field<?, ?>> all() {
        return common != null ? Set.of(common) : byType.values();
    }

    /** The rules that all types with this field share. */
    public FieldRules rules() {
        return any().rules();
    }

    Field<?, ?> any() {
        return common != null ? common : byType.values().iterator().next();
    }

    /** The field of this service; null if its type does not have the field. */
    @Nullable
    Bound<?> of(Service service) {
        return common != null ? new Bound<>(common, service) : own(service.spec());
    }

    @SuppressWarnings("unchecked") // a type's fields read its own spec
    private @Nullable Bound<?> own(CheckSpec spec) {
        Field<CheckSpec, ?> field = (Field<CheckSpec, ?>) byType.get(spec.type());
        return field == null ? null : new Bound<>(field, spec);
    }

    /** Whether two services have the same value; services without the field differ from those with it. */
    boolean isEqual(Service one, Service other) {
        Bound<?> first = of(one);
        Bound<?> second = of(other);
        if (first == null || second == null) {
            return first == null && second == null;
        }
        return first.isEqual(second);
    }

    /**
     * A field of one service.
     *
     * @param <S> the service itself, or its spec
     */
    record Bound<S>(Field<S, ?> field, S owner) {

        boolean isStored() {
            return field.isStored(owner);
        }

        boolean isShown() {
            return field.isShown(owner);
        }

        boolean isSet() {
            return field.isSet(owner);
        }

        /** See {@link FieldRules#format}. */
        int format() {
            return field.rules().format();
        }

        @Nullable
        Object json() {
            return field.json(owner);
        }

        @Nullable
        Object shown(Disclosure disclosure) {
            return field.shown(owner, disclosure);
        }

        @SuppressWarnings("unchecked") // the owner of the same field
        boolean isEqual(Bound<?> other) {
            return field == other.field && field.isEqual(owner, (S) other.owner);
        }
    }
}
