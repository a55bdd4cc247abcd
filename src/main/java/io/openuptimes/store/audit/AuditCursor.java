package io.openuptimes.store.audit;

import io.openuptimes.bus.EventId;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The position of a page of the audit log in each of its streams.
 *
 * @param changes id of the last entry read; null if none has been read
 * @param failed the same for failed sign-ins
 */
record AuditCursor(@Nullable String changes, @Nullable String failed) {

    private static final String NONE = "-";

    String text() {
        return (changes == null ? NONE : changes) + "," + (failed == null ? NONE : failed);
    }

    /** Throws a {@link Refused} with {@link Failures#INVALID} if the text is not a cursor. */
    static AuditCursor parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            throw invalid();
        }
        return new AuditCursor(id(parts[0]), id(parts[1]));
    }

    private static @Nullable String id(String text) {
        if (text.equals(NONE)) {
            return null;
        }
        EventId id = EventId.parse(text);
        if (id == null) {
            throw invalid();
        }
        return id.toString();
    }

    private static Refused invalid() {
        return new Refused(Failures.INVALID, "cursor: is not valid; use the one from the previous page");
    }
}
