package io.openuptimes.model;

import java.util.Map;

/** A partial change of a service. */
public final class ServicePatch {

    private ServicePatch() {}

    /**
     * All fields of the service after the change, for {@link ServiceParser}; {@link HiddenValues} restores secrets that
     * the change does not contain. A URL of another type keeps the fields that both types have.
     *
     * @param changes the given fields; null resets a field to its default
     */
    public static Map<String, Object> merged(Service old, Map<String, ?> changes) {
        Map<String, Object> fields = ServiceView.of(old, Disclosure.WRITER);
        dropOfOtherTypes(fields, old.type(), typeAfter(old, changes));
        fields.putAll(changes);
        dropDerived(fields, changes);
        dropReplaced(fields, changes);
        return fields;
    }

    private static String typeAfter(Service old, Map<String, ?> changes) {
        return changes.get(CommonFields.URL.name()) instanceof String url
                ? SpecTypes.nameOfUrl(NameRules.trimmed(url))
                : old.type();
    }

    /** Keeps the fields that both types have, without the defaults that services of any type show. */
    private static void dropOfOtherTypes(Map<String, Object> fields, String before, String after) {
        for (ServiceField field : ServiceFields.ALL) {
            if (field.in(before) == null || field.in(after) == null) {
                fields.remove(field.name());
            }
        }
    }

    /** Derived fields follow from the changed fields. */
    private static void dropDerived(Map<String, Object> fields, Map<String, ?> changes) {
        for (ServiceField field : ServiceFields.ALL) {
            if (field.rules().derived() && !changes.containsKey(field.name())) {
                fields.remove(field.name());
            }
        }
    }

    /** Setting one of two fields that replace each other resets the other, unless the change contains both. */
    private static void dropReplaced(Map<String, Object> fields, Map<String, ?> changes) {
        for (ServiceField field : ServiceFields.ALL) {
            String other = field.rules().replaces();
            if (other != null && changes.containsKey(field.name()) && !changes.containsKey(other)) {
                boolean isSet =
                        changes.get(field.name()) != null || field.rules().byDefault() != null;
                if (isSet) {
                    fields.remove(other);
                }
            }
        }
    }
}
