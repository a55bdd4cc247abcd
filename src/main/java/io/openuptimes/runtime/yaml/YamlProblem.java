package io.openuptimes.runtime.yaml;

/** The text is not acceptable YAML. The message does not quote the text, which may contain secrets. */
public final class YamlProblem extends Exception {

    private static final long serialVersionUID = 1L;

    YamlProblem(String message) {
        super(message);
    }

    /** A phrase that follows the name of the text. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
