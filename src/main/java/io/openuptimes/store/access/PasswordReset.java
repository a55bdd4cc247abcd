package io.openuptimes.store.access;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.store.audit.AuditStore;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.events.EventAppender;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the admin password without the old one, for commands with access to the store. Running nodes notice immediately:
 * they read the password hash for each sign-in, and an event tells them that all sessions have ended. Belongs to the
 * link's event loop.
 */
public final class PasswordReset {

    private static final Logger log = LoggerFactory.getLogger(PasswordReset.class);

    private final AccessStore access;
    private final EventAppender events;
    private final AuditStore audit;
    private final Clock clock;

    /**
     * @param clock tells the time of day
     */
    public PasswordReset(Link link, Clock clock) {
        this.access = new AccessStore(link, new Commits(link), clock);
        this.events = new EventAppender(link, new EventCodec());
        this.audit = new AuditStore(link, AuditStore.Limits.USUAL, clock, new SimpleMeterRegistry());
        this.clock = clock;
    }

    /** Whether setup is complete; before that, there is no password to reset. */
    public Future<Boolean> isSetUp() {
        return access.installation().map(Installation::setupCompleted);
    }

    /** Sets the password, ends all sessions and records it in the audit log. A failed log entry is ignored. */
    public Future<Void> set(String passwordHash) {
        return access.changePassword(passwordHash)
                .compose(changed -> events.credentialsEnded(false))
                .compose(told -> audit.record(entry()).otherwise(failure -> {
                    log.warn("no entry in the audit log: {}", failure.getMessage());
                    return null;
                }));
    }

    private AuditEntry entry() {
        Map<String, Object> none = Map.of();
        return new AuditEntry(
                "", clock.millis(), "changePassword", AuditActor.COMMAND_LINE, "", null, none, none, none, false);
    }
}
