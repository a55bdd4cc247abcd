package io.openuptimes.health;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import java.util.List;

/**
 * The state of a service: everything that the verdict on its next result and its next history entry depend on.
 *
 * @param outcome of the last result; {@link Outcome#NONE} before the first
 * @param known the last status that was not unknown; unknown before the first
 * @param lastChecked time of the last result, epoch milliseconds; 0 before the first
 * @param since start of {@code known}, epoch milliseconds; 0 before the first result
 * @param transitions number of changes of {@code known} so far, which is the number of the latest one
 * @param interval seconds between the last two results, to which compact history entries refer; 0 if the last result is
 *     the first of its day (UTC)
 * @param textHash of the last result's error, see {@link #hash}
 * @param form how the history of the last result's day is stored
 * @param failures number of failed checks in a row that have not made the service down yet
 * @param successes number of successful checks in a row that have not made it up again yet
 * @param pendingSince time of the first of those checks, or start of the time during which the status is unknown, epoch
 *     milliseconds; 0 if there is neither
 * @param changes times of the latest changes of {@code known}, oldest first, see {@link Flapping}
 * @param isFlapping whether they are so many that the service flaps
 * @param tag digest stored with the state; compare-and-set detects another state by it
 */
public record HealthState(
        Outcome outcome,
        Status known,
        long lastChecked,
        long since,
        int transitions,
        int interval,
        int textHash,
        Form form,
        int failures,
        int successes,
        long pendingSince,
        List<Long> changes,
        boolean isFlapping,
        int tag) {

    /** Streaks are counted up to this number, the largest threshold being smaller. */
    public static final int MAX_ROW = 255;

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

    /** A state without pending changes, whose status is that of its outcome. */
    public HealthState(
            Outcome outcome,
            long lastChecked,
            long since,
            int transitions,
            int interval,
            int textHash,
            Form form,
            int tag) {
        this(
                outcome,
                outcome.status(),
                lastChecked,
                since,
                transitions,
                interval,
                textHash,
                form,
                0,
                0,
                0,
                List.of(),
                false,
                tag);
    }

    /** The same state with another known status. */
    public HealthState known(Status status) {
        return with(status, failures, successes, pendingSince, changes, isFlapping);
    }

    /** The same state with another start of the known status. */
    HealthState from(long start) {
        return new HealthState(
                outcome,
                known,
                lastChecked,
                start,
                transitions,
                interval,
                textHash,
                form,
                failures,
                successes,
                pendingSince,
                changes,
                isFlapping,
                tag);
    }

    /** The same state with another known status and other pending changes. */
    public HealthState with(
            Status status, int failed, int successful, long pending, List<Long> latest, boolean flapping) {
        return new HealthState(
                outcome,
                status,
                lastChecked,
                since,
                transitions,
                interval,
                textHash,
                form,
                failed,
                successful,
                pending,
                latest,
                flapping,
                tag);
    }

    /** The status: the known one, unless the last result says nothing about the service. */
    public Status status() {
        return isUnknown() ? Status.UNKNOWN : known;
    }

    /** Whether the last result says nothing about the service. */
    public boolean isUnknown() {
        return outcome.status() == Status.UNKNOWN;
    }

    /** Start of {@link #status}, epoch milliseconds. */
    public long statusSince() {
        return isUnknown() && pendingSince > 0 ? pendingSince : since;
    }

    /** Whether a row of checks contradicts the status, but is not long enough to change it. */
    public boolean isConfirming() {
        return failures > 0 || successes > 0;
    }

    /** Whether there has been a result. */
    public boolean isChecked() {
        return lastChecked > 0;
    }

    /** Begins the state after a result: with the same known status, and without rows. */
    Next next(CheckResult result, int interval) {
        return new Next(this, result, interval);
    }

    /** Collects the state after a result. */
    static final class Next {

        private final CheckResult result;
        private final int interval;
        private final HealthState before;
        private Status known;
        private long since;
        private int failures;
        private int successes;
        private long pendingSince;
        private List<Long> changes;
        private boolean flapping;

        private Next(HealthState before, CheckResult result, int interval) {
            this.before = before;
            this.result = result;
            this.interval = interval;
            this.known = before.known;
            this.since = before.since;
            this.changes = List.of();
        }

        void known(Status status, long start) {
            known = status;
            since = start;
        }

        void failures(int row, long first) {
            failures = Math.min(row, MAX_ROW);
            pendingSince = first;
        }

        void successes(int row, long first) {
            successes = Math.min(row, MAX_ROW);
            pendingSince = first;
        }

        void pending(long start) {
            pendingSince = start;
        }

        void changes(List<Long> times, boolean isFlapping) {
            changes = times;
            flapping = isFlapping;
        }

        Status known() {
            return known;
        }

        long lastChecked() {
            return result.timestamp();
        }

        HealthState state() {
            int transitions = known == before.known ? before.transitions : before.transitions + 1;
            int textHash = hash(result.error());
            return new HealthState(
                    result.outcome(),
                    known,
                    result.timestamp(),
                    since,
                    transitions,
                    interval,
                    textHash,
                    Form.CURRENT,
                    failures,
                    successes,
                    pendingSince,
                    changes,
                    flapping,
                    tag(transitions, textHash));
        }

        /** With the location, so that the tags of two locations' results differ. */
        private int tag(int transitions, int textHash) {
            Viewpoint viewpoint = result.viewpoint();
            String location = viewpoint == null ? "" : viewpoint.location();
            long mixed = since * 31 + result.outcome().code();
            mixed = mixed * 31 + transitions;
            mixed = mixed * 31 + interval;
            mixed = mixed * 31 + textHash;
            mixed = mixed * 31 + location.hashCode();
            if (pendingSince > 0) {
                mixed = mixed * 31 + pendingSince;
                mixed = mixed * 31 + failures;
                mixed = mixed * 31 + successes;
            }
            if (!changes.isEmpty()) {
                mixed = mixed * 31 + changes.hashCode();
            }
            return (int) (mixed ^ (mixed >>> 32));
        }
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
