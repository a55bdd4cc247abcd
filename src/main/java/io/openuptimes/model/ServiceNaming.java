package io.openuptimes.model;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@link NameRules} to new names in a service (its own, its group, its label values). Names that it already has
 * stay valid, because older versions may have stored them.
 */
public final class ServiceNaming {

    private ServiceNaming() {}

    /**
     * Applies the rules.
     *
     * @param service the new state
     * @param before the stored state; null for a new service
     * @return the service with new names trimmed
     * @throws InvalidInputException if a new name violates a rule
     */
    public static Service checked(Service service, @Nullable Service before) throws InvalidInputException {
        String name = service.name();
        String group = service.group();
        if (before == null || !name.equals(before.name())) {
            name = checked("name", NameRules.trimmed(name));
        }
        if (before == null || !group.equals(before.group())) {
            group = NameRules.trimmed(group);
            group = group.isEmpty() ? group : checked("group", group);
        }
        for (Map.Entry<String, String> label : service.labels().entrySet()) {
            String value = label.getValue();
            boolean kept = before != null && Objects.equals(before.labels().get(label.getKey()), value);
            if (!kept && !value.isEmpty()) {
                checked("labels." + label.getKey(), value);
            }
        }
        return service.named(name, group);
    }

    private static String checked(String field, String text) throws InvalidInputException {
        String problem = NameRules.problem(text);
        if (problem != null) {
            throw new InvalidInputException(ProblemCode.INVALID_FORMAT, field, problem);
        }
        return text;
    }
}
