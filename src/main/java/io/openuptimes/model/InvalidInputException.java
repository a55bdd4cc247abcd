package io.openuptimes.model;

/** Input that breaks a rule. The message names the field and what is wrong with it, fit for the caller to read. */
public final class InvalidInputException extends Exception {

    private final String field;
    private final String problem;

    public InvalidInputException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    /** What is wrong with it: the message without the field. */
    public String problem() {
        return problem;
    }
}
