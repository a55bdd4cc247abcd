package io.openuptimes.check.net;

import org.jspecify.annotations.Nullable;

/** A name has no address, or nobody could say. Carries no stack trace. */
public final class LookupException extends Exception {

    private static final long serialVersionUID = 1;

    /** From what says most about the name to what says most about the name servers: of two, the later one counts. */
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

        /** A few words that name neither the name nor the server. */
        public String text() {
            return text;
        }

        /** Whether our own resolver is at fault, so that nothing is known of the name. */
        public boolean ofResolver() {
            return ofResolver;
        }
    }

    private final Reason reason;

    /**
     * @param cause what this machine lacks, maybe; null if the server has said it
     */
    LookupException(Reason reason, @Nullable Throwable cause) {
        super(reason.text(), cause, false, false);
        this.reason = reason;
    }

    /** The name servers were asked and have said nothing for as long as there was time. */
    public static LookupException serverSilent() {
        return new LookupException(Reason.SERVER_SILENT, null);
    }

    public Reason reason() {
        return reason;
    }

    /** The later {@link Reason}; a failure of this machine beats them all. */
    static Throwable worse(Throwable one, Throwable other) {
        if (one instanceof LookupException a && other instanceof LookupException b) {
            return a.reason.compareTo(b.reason) >= 0 ? one : other;
        }
        return one instanceof LookupException ? other : one;
    }
}
