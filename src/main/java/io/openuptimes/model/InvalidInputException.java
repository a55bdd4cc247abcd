package io.openuptimes.model;

/** Invalid input. The message names the field and the problem, and may be shown to the caller. */
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

    /** The message without the field. */
    public String problem() {
        return problem;
    }
}
