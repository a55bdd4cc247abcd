package io.openuptimes.model;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the names in a service (its own, its group's, its labels' values) to {@link NameRules}, where they are new. Those
 * that it has already stay valid whatever they are: an older version may have stored them.
 */
public final class ServiceNaming {

    private ServiceNaming() {}

    /**
     * Applies the rules.
     *
     * @param service as it is to be
     * @param before as it is stored; null for a new one
     * @return with new names trimmed
     * @throws InvalidInputException if a new name breaks a rule
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
            throw new InvalidInputException(field, problem);
        }
        return text;
    }
}
