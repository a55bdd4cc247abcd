package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All fields of services, and their form as JSON objects: maps of strings, numbers, booleans, nulls, lists and maps.
 * {@link CommonFields} and the {@link SpecTypes} describe them; {@link ServiceParser} reads what callers send.
 */
public final class ServiceFields {

    /** In display order. */
    public static final List<ServiceField> ALL = composed();

    private static final Map<String, ServiceField> BY_NAME = byName();

    /** The keys of an answer, in order. */
    public static final Set<String> SHOWN = BY_NAME.keySet();

    /** Those that require a new check when they change. */
    private static final List<ServiceField> ASKING =
            ALL.stream().filter(field -> field.rules().asksForCheck()).toList();

    /** Fields that need a format of the stored data above the first. */
    private static final List<ServiceField> LATER = ALL.stream()
            .filter(field -> field.all().stream().anyMatch(one -> one.rules().format() > 1))
            .toList();

    /** The fields present in every stored service, by type. */
    private static final Map<String, List<Field<?, ?>>> CORE = SpecTypes.ALL.stream()
            .map(SpecType::name)
            .collect(Collectors.toUnmodifiableMap(name -> name, ServiceFields::coreOf));

    /** The fields present in every stored service of an unknown type. */
    private static final List<Field<?, ?>> CORE_OF_ALL = coreOf(null);

    private ServiceFields() {}

    private static List<Field<?, ?>> coreOf(@Nullable String type) {
        List<Field<?, ?>> core = new ArrayList<>();
        for (ServiceField one : ALL) {
            Field<?, ?> field = one.in(type);
            if (field != null && field.rules().core()) {
                core.add(field);
            }
        }
        return List.copyOf(core);
    }

    /** Whether the values include all fields present in every stored service of the type. */
    public static boolean isComplete(String type, FieldValues values) {
        for (Field<?, ?> field : CORE.getOrDefault(type, CORE_OF_ALL)) {
            if (!values.has(field)) {
                return false;
            }
        }
        return true;
    }

    private static List<ServiceField> composed() {
        List<ServiceField> all = new ArrayList<>();
        CommonFields.ALL.forEach(field -> all.add(ServiceField.common(field)));
        SpecTypes.ALL.forEach(type -> insert(all, type));
        return List.copyOf(all);
    }

    private static void insert(List<ServiceField> all, SpecType<?> type) {
        int next = all.size();
        for (Field<? extends CheckSpec, ?> field : type.fields()) {
            String after = field.rules().after();
            int there = indexOf(all, field.name());
            if (there < 0) {
                there = after == null ? next : indexOf(all, after) + 1;
                all.add(there, ServiceField.own(field.name()));
            }
            all.get(there).add(type.name(), field);
            next = there + 1;
        }
    }

    private static int indexOf(List<ServiceField> all, String name) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, ServiceField> byName() {
        Map<String, ServiceField> byName = new LinkedHashMap<>();
        ALL.forEach(field -> byName.put(field.name(), field));
        return Collections.unmodifiableMap(byName);
    }

    /** The field with this name; null if no type has it. */
    public static @Nullable ServiceField named(String name) {
        return BY_NAME.get(name);
    }

    /** The descriptor of a field for this type; null if the type does not have it. */
    public static @Nullable Field<?, ?> named(String name, String type) {
        ServiceField field = BY_NAME.get(name);
        return field == null ? null : field.in(type);
    }

    /** Names of the fields that callers can set, for services of that type or, with null, of any. */
    static List<String> settable(@Nullable String type) {
        return ALL.stream()
                .filter(field -> !field.rules().serverSet() && (type == null || field.in(type) != null))
                .map(ServiceField::name)
                .toList();
    }

    /** Parses a caller's input for a service that is not {@linkplain Service#declared() declared}. */
    public static Service parse(Map<String, ?> fields, String id, long createdAt) throws InvalidInputException {
        return parse(fields, id, createdAt, false);
    }

    /**
     * Parses a caller's input, see {@link ServiceParser}.
     *
     * @param id of the service that this creates
     * @param createdAt of that service, epoch milliseconds
     * @param declared whether that service is declared
     * @throws InvalidInputException if a field is missing, unknown or invalid
     */
    public static Service parse(Map<String, ?> fields, String id, long createdAt, boolean declared)
            throws InvalidInputException {
        return new ServiceParser(fields).parse(id, createdAt, declared);
    }

    /**
     * All known fields, including secrets, in the stored form; {@link #parse} accepts them, and {@link ServiceView}
     * removes what a caller may not see. Newer fields are present only if set.
     */
    public static Map<String, Object> toMap(Service service) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (ServiceField field : ALL) {
            ServiceField.Bound<?> bound = field.of(service);
            if (bound != null && bound.isStored()) {
                map.put(field.name(), bound.json());
            }
        }
        return nonNullView(map);
    }

    /** The stored form: {@link #toMap}, and the members that this version does not know. */
    public static Map<String, Object> toStored(Service service) {
        Map<String, Object> map = toMap(service);
        service.unknown().forEach(map::putIfAbsent);
        return map;
    }

    /** The fields for an answer; null for fields that are not set. */
    static Map<String, Object> toShown(Service service, Disclosure disclosure) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (ServiceField field : ALL) {
            ServiceField.Bound<?> bound = field.of(service);
            if (bound == null) {
                if (field.rules().shownByAll()) {
                    map.put(field.name(), field.any().defaultJson());
                }
            } else if (bound.isShown()) {
                map.put(field.name(), bound.shown(disclosure));
            }
        }
        return nonNullView(map);
    }

    /** The JSON form of one field; null if the service does not have it. */
    static @Nullable Object json(Service service, String name) {
        ServiceField field = BY_NAME.get(name);
        ServiceField.Bound<?> bound = field == null ? null : field.of(service);
        return bound == null ? null : bound.json();
    }

    /** Names of the fields in which two services differ, in display order. */
    public static List<String> differing(Service one, Service other) {
        return ALL.stream()
                .filter(field -> !field.isEqual(one, other))
                .map(ServiceField::name)
                .toList();
    }

    /**
     * The problem with the first changed field that needs a newer format of the stored data; null if there is none.
     * Values that the service already has are no problem.
     *
     * @param before the stored service; null if it is new
     * @param format of the stored data
     */
    public static @Nullable Problem notYet(@Nullable Service before, Service now, int format) {
        for (ServiceField field : LATER) {
            ServiceField.Bound<?> bound = field.of(now);
            if (bound != null
                    && bound.format() > format
                    && bound.isSet()
                    && (before == null || !field.isEqual(before, now))) {
                return Problem.of(
                        ProblemCode.NOT_YET,
                        field.name(),
                        "needs format " + bound.format() + " of the stored data, which has format " + format
                                + " until all nodes have been upgraded");
            }
        }
        return null;
    }

    /** Whether all fields that require a new check when they change are equal. */
    @SuppressWarnings("ReferenceEquality") // a shortcut
    static boolean isCheckedLike(Service one, Service other) {
        if (one == other) {
            return true; // as after nearly every check
        }
        for (ServiceField field : ASKING) {
            if (!field.isEqual(one, other)) {
                return false;
            }
        }
        return one.type().equals(other.type());
    }

    /** Whether values of the field may be secret. */
    public static boolean isSecret(String name) {
        ServiceField field = BY_NAME.get(name);
        return field != null && field.rules().secret();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects contain nulls, which readers expect
    private static Map<String, Object> nonNullView(Map<String, @Nullable Object> map) {
        return (Map<String, Object>) (Map<String, ?>) map;
    }
}
