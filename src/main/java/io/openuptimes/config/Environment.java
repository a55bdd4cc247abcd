package io.openuptimes.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment. Trailing white space is removed from values: an env file with Windows line endings leaves
 * an invisible carriage return there.
 *
 * @param variables as passed to the process
 */
public record Environment(Map<String, String> variables) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** Returns null if it is not set. */
    public @Nullable String get(String variable) {
        String value = variables.get(variable);
        return value == null ? null : value.stripTrailing();
    }

    /** Returns null if it is unset or blank. */
    public @Nullable String given(String variable) {
        String value = get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Omits the values, which may be secrets. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
