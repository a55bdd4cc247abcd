package io.openuptimes.bus;

import io.openuptimes.bus.Message.Done;
import io.openuptimes.model.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests to the store about the audit log, and its answers. */
public sealed interface AuditMessage extends Message {

    Address<RecordAudit, Done> RECORD_AUDIT = new Address<>("store.audit.record");
    Address<ReadAudit, AuditPage> READ_AUDIT = new Address<>("store.audit.read");

    /** Appends an entry; its id is ignored. */
    record RecordAudit(AuditEntry entry) implements AuditMessage {}

    /**
     * Reads entries, newest first; answered by {@link AuditPage}. A null field matches everything.
     *
     * @param from earliest time, inclusive, epoch milliseconds
     * @param to latest time, inclusive, epoch milliseconds
     * @param action exact operation name
     * @param by prefix of a key, or a kind of {@link io.openuptimes.model.AuditActor}
     * @param target exact match
     * @param address exact match
     * @param failed true for failed sign-ins, false for everything else
     * @param cursor returns only entries after this position of an earlier page
     * @param limit maximum number of entries
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

        /** The same query, continued from a later position. */
        public ReadAudit after(@Nullable String place, int most) {
            return new ReadAudit(from, to, action, by, target, address, failed, place, most);
        }
    }

    /**
     * @param entries newest first; may be fewer than the limit even if there is a cursor
     * @param cursor start of the next page; null at the end
     */
    record AuditPage(List<AuditEntry> entries, @Nullable String cursor) implements AuditMessage {}
}
