package io.openuptimes.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment. White space at the end of a value is cut: a file of variables with Windows line ends leaves a
 * carriage return there, which no terminal shows.
 *
 * @param variables as the process got them
 */
public record Environment(Map<String, String> variables) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** Null if it is not set. */
    public @Nullable String get(String variable) {
        String value = variables.get(variable);
        return value == null ? null : value.stripTrailing();
    }

    /** Null also if nothing but white space is set. */
    public @Nullable String given(String variable) {
        String value = get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Without the values, which may be secrets. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
