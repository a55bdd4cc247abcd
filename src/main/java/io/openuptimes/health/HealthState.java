package io.openuptimes.health;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;

/**
 * The state of a service: everything that the verdict on its next result and its next history entry depend on.
 *
 * @param outcome of the last result; {@link Outcome#NONE} before the first
 * @param lastChecked time of the last result, epoch milliseconds; 0 before the first
 * @param since start of the current status, epoch milliseconds; 0 before the first result
 * @param transitions number of status changes so far, which is the number of the latest one
 * @param interval seconds between the last two results, to which compact history entries refer; 0 if the last result is
 *     the first of its day (UTC)
 * @param textHash of the last result's error, see {@link #hash}
 * @param form how the history of the last result's day is stored
 * @param tag digest stored with the state; compare-and-set detects another state by it
 */
public record HealthState(
        Outcome outcome,
        long lastChecked,
        long since,
        int transitions,
        int interval,
        int textHash,
        Form form,
        int tag) {

    /** The forms of a stored day. Only older versions began days in the last two. */
    public enum Form {
        CURRENT(0),
        /** Begins with a mark of two bytes. */
        MARKED(1),
        /** Has no mark. */
        UNMARKED(2);

        private static final Form[] BY_CODE = values();

        final byte code;

        Form(int code) {
            this.code = (byte) code;
        }

        static Form ofCode(int code) {
            return BY_CODE[code];
        }
    }

    /** Before the first result. */
    public static final HealthState UNCHECKED = new HealthState(Outcome.NONE, 0, 0, 0, 0, 0, Form.CURRENT, 0);

    public Status status() {
        return outcome.status();
    }

    /** Whether there has been a result. */
    public boolean isChecked() {
        return lastChecked > 0;
    }

    /**
     * A state made by this version, with its tag.
     *
     * @param location of the check, so that the tags of two locations' results differ; empty for none
     */
    static HealthState of(
            Outcome outcome,
            long lastChecked,
            long since,
            int transitions,
            int interval,
            String error,
            String location) {
        int textHash = hash(error);
        long mixed = since * 31 + outcome.code();
        mixed = mixed * 31 + transitions;
        mixed = mixed * 31 + interval;
        mixed = mixed * 31 + textHash;
        mixed = mixed * 31 + location.hashCode();
        int tag = (int) (mixed ^ (mixed >>> 32));
        return new HealthState(outcome, lastChecked, since, transitions, interval, textHash, Form.CURRENT, tag);
    }

    /** Hash of an error's text; 0 if it is empty. */
    public static int hash(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x01000193;
        }
        return hash == 0 && !text.isEmpty() ? 1 : hash;
    }
}
