package io.openuptimes.model;

import java.util.Map;

/** A partial change of a service. */
public final class ServicePatch {

    private static final String STATUS = "expectedStatus";

    private ServicePatch() {}

    /**
     * All fields of the service after the change, for {@link ServiceParser}; {@link HiddenValues} restores secrets that
     * the change does not contain.
     *
     * @param changes the given fields; null resets a field to its default
     */
    public static Map<String, Object> merged(Service old, Map<String, ?> changes) {
        Map<String, Object> fields = ServiceView.of(old, Disclosure.WRITER);
        fields.putAll(changes);
        dropDerived(fields, changes);
        dropReplacedExpectation(fields, changes);
        return fields;
    }

    /** Derived fields follow from the changed fields. */
    private static void dropDerived(Map<String, Object> fields, Map<String, ?> changes) {
        for (ServiceField field : ServiceFields.ALL) {
            if (field.rules().derived() && !changes.containsKey(field.name())) {
                fields.remove(field.name());
            }
        }
    }

    /** Setting one of the two fields replaces the other, unless the change contains both. */
    private static void dropReplacedExpectation(Map<String, Object> fields, Map<String, ?> changes) {
        boolean namesStatus = changes.containsKey(STATUS);
        boolean namesStatuses = changes.containsKey(ExpectedStatuses.FIELD);
        if (namesStatus && !namesStatuses) {
            fields.remove(ExpectedStatuses.FIELD);
        } else if (!namesStatus && changes.get(ExpectedStatuses.FIELD) != null) {
            fields.remove(STATUS);
        }
    }
}
