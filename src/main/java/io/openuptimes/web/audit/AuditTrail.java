package io.openuptimes.web.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.RecordAudit;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.http.Answers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records an audit log entry for every request that changes something. The entry is stored before the response is sent,
 * so anyone who learns of a change can find its entry. If the entry cannot be stored, the change still stands; the
 * failure is logged and counted.
 *
 * <p>One per process, so that its limit on failed sign-ins covers all event loops. Thread-safe.
 */
public final class AuditTrail {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final long TIMEOUT_MS = 5_000;
    private static final int FAILED_A_MINUTE = 60;

    private final Bus bus;
    private final Access access;
    private final Clock clock;
    private final Throttle failedSignIns;
    private final Counter lost;

    /**
     * @param clock wall clock
     */
    public AuditTrail(Bus bus, Access access, Clock clock, MeterRegistry registry) {
        this.bus = bus;
        this.access = access;
        this.clock = clock;
        this.failedSignIns = new Throttle(FAILED_A_MINUTE, TimeUnit.MINUTES.toNanos(1), System::nanoTime);
        this.lost = Counter.builder("openuptimes.audit.lost")
                .description("Entries of the audit log that could not be stored")
                .register(registry);
    }

    /** Add this to the route of an operation that changes something, before its handler. */
    public Handler<RoutingContext> of(String operationId) {
        return context -> {
            AuditNote note = AuditNote.begin(context);
            Answers.before(context, status -> record(context, operationId, note, status));
            context.next();
        };
    }

    private Future<?> record(RoutingContext context, String operationId, AuditNote note, int status) {
        if (!note.isRecorded(status) || (note.isFailed() && !passes(note))) {
            return Future.succeededFuture();
        }
        AuditActor actor = note.actor();
        AuditEntry entry = new AuditEntry(
                "",
                clock.millis(),
                operationId,
                actor != null ? actor : actor(Access.caller(context)),
                access.address(context.request()),
                note.target(),
                note.before(),
                note.after(),
                note.counts(),
                note.isFailed());
        return bus.request(AuditMessage.RECORD_AUDIT, new RecordAudit(entry), TIMEOUT_MS)
                .onFailure(failure -> {
                    lost.increment();
                    log.warn(
                            "the audit log has no entry for {}: {}. The request itself is not affected",
                            entry,
                            failure.getMessage());
                });
    }

    /** Failed sign-ins beyond the limit are counted in the next entry, as {@code notRecorded}. */
    private boolean passes(AuditNote note) {
        long heldBack = failedSignIns.pass();
        if (heldBack > 0) {
            note.set("notRecorded", heldBack);
        }
        return heldBack != Throttle.HELD_BACK;
    }

    private static AuditActor actor(Caller caller) {
        return switch (caller.kind()) {
            case ANONYMOUS -> new AuditActor("anonymous", null);
            case CONFIGURED_KEY -> new AuditActor("configured-key", null);
            case STORED_KEY -> new AuditActor("key", "ou_" + caller.id());
            case SESSION -> AuditActor.SESSION;
            case SETUP_TOKEN -> new AuditActor("setup-token", null);
        };
    }
}
