package io.openuptimes.bus;

import io.openuptimes.model.Problem;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.jspecify.annotations.Nullable;

/** Codes of failed requests. Each equals the HTTP status that the failure becomes at the API. */
public final class Failures {

    public static final int INVALID = 400;
    /** The caller's permission has ended. */
    public static final int UNAUTHORIZED = 401;
    /** The service is outside the caller's permission. */
    public static final int FORBIDDEN = 403;

    public static final int NOT_FOUND = 404;
    public static final int CONFLICT = 409;
    /** The service is not in the state that the caller expects. */
    public static final int CHANGED = 412;

    public static final int INTERNAL = 500;
    public static final int STORE_UNREACHABLE = 503;

    private Failures() {}

    /** An expected failure; its message may be shown to the caller. */
    public static final class Refused extends RuntimeException {

        private final int code;
        private final @Nullable Problem problem;

        public Refused(int code, String message) {
            this(code, message, null);
        }

        private Refused(int code, String message, @Nullable Problem problem) {
            super(message, null, false, false);
            this.code = code;
            this.problem = problem;
        }

        /** A field is invalid. */
        public static Refused invalid(Problem problem) {
            return new Refused(INVALID, problem.message(), problem);
        }

        /** A field cannot have this value now. */
        public static Refused conflict(Problem problem) {
            return new Refused(CONFLICT, problem.message(), problem);
        }

        /** The store is unreachable. */
        public static Refused unreachable() {
            return new Refused(STORE_UNREACHABLE, "The store cannot be reached");
        }

        public int code() {
            return code;
        }
    }

    /** The refusal of a field's value, as sent over the bus. */
    static final class InvalidReply extends ReplyException {

        private final transient Problem problem;

        InvalidReply(int code, Problem problem) {
            super(ReplyFailure.RECIPIENT_FAILURE, code, problem.message());
            this.problem = problem;
        }
    }

    /** The problem with a field; null if the failure is of another kind. */
    public static @Nullable Problem problemOf(Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused.problem;
        }
        return failure instanceof InvalidReply reply ? reply.problem : null;
    }

    /**
     * The code of any failure: its own if it was refused or failed over the bus, otherwise that of an internal error.
     */
    public static int codeOf(Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused.code();
        }
        if (failure instanceof ReplyException reply && reply.failureCode() > 0) {
            return reply.failureCode();
        }
        return INTERNAL;
    }
}
