package io.openuptimes.model;

import java.util.Map;

/** A change of some of a service's fields. */
public final class ServicePatch {

    private static final String STATUS = "expectedStatus";

    private ServicePatch() {}

    /**
     * All fields of the service after the change, for {@link ServiceFields#parse}; {@link HiddenValues} puts secrets back
     * that the change does not name.
     *
     * @param changes the fields that it names; a null stands for the field's default
     */
    public static Map<String, Object> merged(Service old, Map<String, ?> changes) {
        Map<String, Object> fields = ServiceView.of(old, Disclosure.WRITER);
        fields.putAll(changes);
        dropReplacedExpectation(fields, changes);
        return fields;
    }

    /** What one of the two fields says replaces what the other one said, unless the change names both. */
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
