package io.openuptimes.check.net.lookup;

import org.jspecify.annotations.Nullable;

/** A name has no address, or the lookup failed. Has no stack trace. */
public final class LookupException extends Exception {

    private static final long serialVersionUID = 1;

    /** Ordered from certain about the name to failures of the name servers; of two, the later one wins. */
    public enum Reason {
        NO_SUCH_NAME("name does not exist", false),
        NO_ADDRESS("name has no address", false),
        SERVER_UNREACHABLE("name server cannot be reached", true),
        SERVER_SILENT("name server did not respond", true),
        SERVER_REFUSED("name server refused the query", true),
        SERVER_FAILED("name server failed", true);

        private final String text;
        private final boolean ofResolver;

        Reason(String text, boolean ofResolver) {
            this.text = text;
            this.ofResolver = ofResolver;
        }

        /** A short text that contains neither the name nor the server. */
        public String text() {
            return text;
        }

        /** Returns whether the resolver failed, so that nothing is known about the name. */
        public boolean ofResolver() {
            return ofResolver;
        }

        /** Returns whether no name server answered. */
        public boolean isUnanswered() {
            return this == SERVER_UNREACHABLE || this == SERVER_SILENT;
        }
    }

    private final Reason reason;

    /**
     * @param cause the local failure, if any; null if the server answered with an error
     */
    LookupException(Reason reason, @Nullable Throwable cause) {
        super(reason.text(), cause, false, false);
        this.reason = reason;
    }

    /** The name servers did not respond in time. */
    public static LookupException serverSilent() {
        return new LookupException(Reason.SERVER_SILENT, null);
    }

    public Reason reason() {
        return reason;
    }

    /** Returns the later {@link Reason}; a local failure outranks them all. */
    static Throwable worse(Throwable one, Throwable other) {
        if (one instanceof LookupException a && other instanceof LookupException b) {
            return a.reason.compareTo(b.reason) >= 0 ? one : other;
        }
        return one instanceof LookupException ? other : one;
    }
}
