package io.openuptimes.model;

/** Invalid input. The message names the field and the problem, and may be shown to the caller. */
public final class InvalidInputException extends Exception {

    private final Problem problem;

    public InvalidInputException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** A problem without a specific code. */
    public InvalidInputException(String field, String problem) {
        this(Problem.of(field, problem));
    }

    public InvalidInputException(ProblemCode code, String field, String problem) {
        this(Problem.of(code, field, problem));
    }

    public String field() {
        return problem.field();
    }

    /** The message without the field. */
    public String problem() {
        return problem.text();
    }

    /** The problem with its code. */
    public Problem what() {
        return problem;
    }
}
