package io.openuptimes.declare;

import io.openuptimes.model.InvalidInputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment's variables into texts of the file, so that what is secret need not stand in it: a name in braces
 * after a dollar sign is replaced, a second dollar sign in front of such a one keeps it as it is, and any other dollar
 * sign is itself.
 */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * @param field in which the text stands
     * @throws InvalidInputException if a variable is not set, or a reference has no end
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
        String name = reference.group(1);
        if (name == null) {
            throw new InvalidInputException(field, "has a ${ that is no ${NAME} of a variable; a plain one is $${");
        }
        String value = environment.get(name);
        if (value == null) {
            throw new InvalidInputException(field, "needs the environment's variable " + name + ", which is not set");
        }
        return value;
    }
}
