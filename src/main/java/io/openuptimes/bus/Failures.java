package io.openuptimes.bus;

import io.vertx.core.eventbus.ReplyException;

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

        public Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /** The store is unreachable. */
        public static Refused unreachable() {
            return new Refused(STORE_UNREACHABLE, "The store cannot be reached");
        }

        public int code() {
            return code;
        }
    }

    /** The code of any failure: its own if it was refused or failed over the bus, otherwise that of an internal error. */
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
