package io.openuptimes.bus;

import io.openuptimes.model.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store is asked about the audit log, and answers. */
public sealed interface AuditMessage extends Message {

    /** Append an entry, whose id is not read. */
    record RecordAudit(AuditEntry entry) implements AuditMessage {}

    /**
     * Read entries, newest first; answered by {@link AuditPage}. A null is no condition.
     *
     * @param from earliest time, inclusive, epoch milliseconds
     * @param to latest time, inclusive
     * @param action the operation
     * @param by prefix of a key, or a kind of {@link io.openuptimes.model.AuditActor}
     * @param target exactly
     * @param address exactly
     * @param failed whether failed sign-ins, or all else
     * @param cursor only entries after this one of an earlier page
     * @param limit entries at most
     */
    record ReadAudit(
            long from,
            long to,
            @Nullable String action,
            @Nullable String by,
            @Nullable String target,
            @Nullable String address,
            @Nullable Boolean failed,
            @Nullable String cursor,
            int limit)
            implements AuditMessage {

        /** The same conditions, from a later place on. */
        public ReadAudit after(@Nullable String place, int most) {
            return new ReadAudit(from, to, action, by, target, address, failed, place, most);
        }
    }

    /**
     * @param entries newest first; may be fewer than asked for while there is a cursor
     * @param cursor where the next page begins; null at the end
     */
    record AuditPage(List<AuditEntry> entries, @Nullable String cursor) implements AuditMessage {}
}
