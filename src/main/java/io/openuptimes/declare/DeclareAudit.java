package io.openuptimes.declare;

import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.RecordAudit;
import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audit log entries for changes from a services file. */
final class DeclareAudit {

    private static final Logger log = LoggerFactory.getLogger(DeclareAudit.class);

    private DeclareAudit() {}

    /**
     * Records the changes made by loading the file, if any.
     *
     * @param at epoch milliseconds
     */
    static void record(Bus bus, Path file, long at, BulkAnswer answer) {
        if (!(answer instanceof BulkDone done) || done.created() + done.changed() + done.deleted() == 0) {
            return;
        }
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("created", done.created());
        counts.put("changed", done.changed());
        counts.put("unchanged", done.unchanged());
        counts.put("deleted", done.deleted());
        AuditEntry entry = new AuditEntry(
                "",
                at,
                "loadServicesFile",
                AuditActor.SERVICES_FILE,
                "",
                file.getFileName().toString(),
                Map.of(),
                Map.of(),
                counts,
                false);
        bus.request(AuditMessage.RECORD_AUDIT, new RecordAudit(entry))
                .onFailure(failure -> log.warn(
                        "the audit log has no entry for the change by {}: {}. The services themselves are up to date",
                        file,
                        failure.getMessage()));
    }
}
