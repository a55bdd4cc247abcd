package io.openuptimes.declare;

import io.openuptimes.config.Environment;
import io.openuptimes.model.InvalidInputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Substitutes references in texts of the services file, so that secrets can be stored elsewhere. {@code ${NAME}} and
 * {@code ${env:NAME}} stand for an environment variable, {@code ${file:/path}} for a file's content. A second dollar
 * sign before a reference escapes it; any other dollar sign is literal. Blocks.
 */
final class Variables {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)}|\\$\\{file:([^}]+)}|\\$\\{");

    private final Environment environment;
    private final ReferencedFiles files = new ReferencedFiles();

    Variables(Map<String, String> environment) {
        this.environment = new Environment(environment);
    }

    /** The files referenced since the start of the current read. */
    ReferencedFiles files() {
        return files;
    }

    /**
     * @param field that contains the text
     * @throws InvalidInputException if a variable is not set, a file cannot be read, or a reference is malformed
     */
    String expand(String field, String text) throws InvalidInputException {
        if (text.indexOf("${") < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        Matcher references = REFERENCE.matcher(text);
        while (references.find()) {
            references.appendReplacement(expanded, Matcher.quoteReplacement(value(field, references)));
        }
        return references.appendTail(expanded).toString();
    }

    private String value(String field, Matcher reference) throws InvalidInputException {
        if (reference.group().equals("$${")) {
            return "${";
        }
        String file = reference.group(2);
        if (file != null) {
            return files.read(field, file);
        }
        String name = reference.group(1);
        if (name == null) {
            throw new InvalidInputException(
                    field,
                    "contains a ${ that is not ${NAME}, ${env:NAME} or ${file:/path}; write $${ for a literal ${");
        }
        String value = environment.get(name);
        if (value == null) {
            throw new InvalidInputException(field, "environment variable " + name + " is not set");
        }
        return value;
    }
}
