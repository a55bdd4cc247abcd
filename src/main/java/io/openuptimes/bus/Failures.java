package io.openuptimes.bus;

import io.vertx.core.eventbus.ReplyException;

/** The codes of failed requests: those of the HTTP status that a failure becomes at the edge. */
public final class Failures {

    public static final int INVALID = 400;
    /** The right by which it was asked for has ended. */
    public static final int UNAUTHORIZED = 401;
    /** It is beyond the services that the caller is confined to. */
    public static final int FORBIDDEN = 403;

    public static final int NOT_FOUND = 404;
    public static final int CONFLICT = 409;
    /** It is not as the caller thinks that it is. */
    public static final int CHANGED = 412;

    public static final int INTERNAL = 500;
    public static final int STORE_UNREACHABLE = 503;

    private Failures() {}

    /** An expected failure; the message is fit for the caller to read. */
    public static final class Refused extends RuntimeException {

        private final int code;

        public Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /** The store is away, whatever was asked of it. */
        public static Refused unreachable() {
            return new Refused(STORE_UNREACHABLE, "The store cannot be reached");
        }

        public int code() {
            return code;
        }
    }

    /** The code of any failure: what was refused or failed over the bus keeps its own, all else is ours. */
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
