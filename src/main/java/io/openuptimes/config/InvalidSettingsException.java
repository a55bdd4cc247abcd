package io.openuptimes.config;

import java.util.List;

/** Settings that cannot be used; the message has a line for each problem, which names the key. */
public final class InvalidSettingsException extends Exception {

    private final List<String> problems;

    public InvalidSettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
