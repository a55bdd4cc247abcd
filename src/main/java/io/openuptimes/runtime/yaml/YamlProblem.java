package io.openuptimes.runtime.yaml;

/** A text that is not the YAML that is taken. The message quotes nothing of it: it may hold secrets. */
public final class YamlProblem extends Exception {

    private static final long serialVersionUID = 1L;

    YamlProblem(String message) {
        super(message);
    }

    /** To be read after the name of the text. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
