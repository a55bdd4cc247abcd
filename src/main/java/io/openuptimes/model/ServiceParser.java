package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldReader;
import io.openuptimes.model.field.FieldValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses and validates the fields of a service as sent by a caller.
 *
 * <p>Values may be {@link ServiceView#HIDDEN}: {@link HiddenValues} replaces them. {@link ServiceNaming} applies
 * {@link NameRules}, because that depends on the stored service.
 */
public final class ServiceParser {

    /** Maximum number of unknown fields named in a message. */
    private static final int MAX_NAMED = 10;

    private final Map<String, ?> fields;
    private final @Nullable SpecType<?> type;

    /**
     * @param fields a JSON object; a null counts as absent
     */
    public ServiceParser(Map<String, ?> fields) {
        this.fields = fields;
        Object url = fields.get(CommonFields.URL.name());
        this.type = url instanceof String text ? SpecTypes.ofUrl(NameRules.trimmed(text)) : null;
    }

    /**
     * A new service.
     *
     * @throws InvalidInputException if a field is missing, unknown or invalid
     */
    public Service parse(String id, long createdAt, boolean declared) throws InvalidInputException {
        refuseChanged(CommonFields.ID, id);
        refuseChanged(CommonFields.CREATED_AT, createdAt);
        refuseChanged(CommonFields.DECLARED, declared);
        SpecType<?> known = type == null ? SpecTypes.FIRST : type;
        FieldValues values = values(known.name(), false);
        return Service.of(id, createdAt, declared, values, known.spec(values), Map.of());
    }

    /**
     * The replacement of a service, with its id and its unknown members.
     *
     * @throws InvalidInputException if a field is missing, unknown or invalid
     */
    public Service replacing(Service old) throws InvalidInputException {
        if (!(old.spec() instanceof UnknownSpec) || !old.url().equals(fields.get(CommonFields.URL.name()))) {
            return parse(old.id(), old.createdAt(), old.declared()).withUnknown(old.unknown());
        }
        refuseChanged(CommonFields.ID, old.id());
        refuseChanged(CommonFields.CREATED_AT, old.createdAt());
        refuseChanged(CommonFields.DECLARED, old.declared());
        return Service.of(
                old.id(), old.createdAt(), old.declared(), values(old.type(), true), old.spec(), old.unknown());
    }

    /**
     * Validates a complete service as far as possible without the stored one.
     *
     * @throws InvalidInputException if the fields are invalid for any stored service
     */
    public void validate() throws InvalidInputException {
        SpecType<?> known = type == null ? SpecTypes.FIRST : type;
        known.spec(values(known.name(), false));
    }

    /**
     * Validates a change of some fields as far as possible without the stored service.
     *
     * @throws InvalidInputException if the fields are invalid for any stored service
     */
    public void validateChange() throws InvalidInputException {
        refuseUnknown(type == null ? null : type.name());
        for (Map.Entry<String, ?> entry : fields.entrySet()) {
            ServiceField field = Objects.requireNonNull(ServiceFields.named(entry.getKey()));
            if (field.rules().serverSet()) {
                continue;
            }
            if (entry.getValue() == null) {
                refuseAbsent(field.any());
            } else {
                readByAny(field, entry.getValue());
            }
        }
        if (type != null) {
            refuseOtherType(type.name());
        }
    }

    /** Types may have different rules for a field, and the type depends on the stored service. */
    private static void readByAny(ServiceField field, Object value) throws InvalidInputException {
        InvalidInputException problem = null;
        for (Field<?, ?> one : field.all()) {
            try {
                one.read(value);
                return;
            } catch (InvalidInputException e) {
                problem = e;
            }
        }
        throw Objects.requireNonNull(problem);
    }

    /**
     * @param keepsUrl whether the URL is the stored one, of an unknown type
     */
    private FieldValues values(String typeName, boolean keepsUrl) throws InvalidInputException {
        refuseUnknown(typeName);
        FieldValues values = new FieldValues();
        for (ServiceField one : ServiceFields.ALL) {
            Field<?, ?> field = one.in(typeName);
            if (field == null || field.rules().serverSet()) {
                continue;
            }
            Object given = fields.get(field.name());
            if (given == null) {
                refuseAbsent(field);
            } else if (keepsUrl && field == CommonFields.URL) {
                values.put(field, given);
            } else {
                values.put(field, field.read(given));
            }
        }
        refuseOtherType(typeName);
        refuseQuorum(values);
        return values;
    }

    private static void refuseAbsent(Field<?, ?> field) throws InvalidInputException {
        if (field.rules().required()) {
            throw new InvalidInputException(ProblemCode.REQUIRED, field.name(), "is required");
        }
    }

    private void refuseOtherType(String typeName) throws InvalidInputException {
        Object given = fields.get(CommonFields.TYPE.name());
        if (given != null && !given.equals(typeName)) {
            throw new InvalidInputException(Problem.conflict(
                    CommonFields.TYPE.name(), "must be " + typeName + " for this URL, or be left out", "url"));
        }
    }

    private static void refuseQuorum(FieldValues values) throws InvalidInputException {
        Integer quorum = values.given(CommonFields.QUORUM);
        if (quorum == null) {
            return;
        }
        int locations = values.get(CommonFields.LOCATIONS).size();
        if (locations == 0) {
            throw new InvalidInputException(Problem.conflict(
                    "quorum", "requires locations, but the service has none", CommonFields.LOCATIONS.name()));
        }
        FieldReader.whole("quorum", quorum, 1, locations);
    }

    /**
     * @param typeName null for any type
     */
    private void refuseUnknown(@Nullable String typeName) throws InvalidInputException {
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, ?> entry : fields.entrySet()) {
            if (!isKnown(entry.getKey(), entry.getValue(), typeName) && unknown.size() < MAX_NAMED) {
                unknown.add(Excerpt.ofName(entry.getKey()));
            }
        }
        if (!unknown.isEmpty()) {
            List<String> names = ServiceFields.settable(typeName);
            throw new InvalidInputException(Problem.notAmong(
                    ProblemCode.UNKNOWN_FIELD,
                    String.join(", ", unknown),
                    "unknown field; known fields: " + String.join(", ", names),
                    names));
        }
    }

    /** Services without some fields show them with their defaults, and callers may send these back. */
    private static boolean isKnown(String name, @Nullable Object value, @Nullable String typeName) {
        ServiceField field = ServiceFields.named(name);
        if (field == null) {
            return false;
        }
        boolean echoed =
                field.rules().shownByAll() && Objects.equals(value, field.any().defaultJson());
        return typeName == null || field.in(typeName) != null || echoed;
    }

    private void refuseChanged(Field<Service, ?> field, Object own) throws InvalidInputException {
        Object given = fields.get(field.name());
        boolean same = given == null || given.toString().equals(own.toString());
        if (!same) {
            throw new InvalidInputException(
                    ProblemCode.READ_ONLY, field.name(), "is set by the server and cannot be changed");
        }
    }
}
