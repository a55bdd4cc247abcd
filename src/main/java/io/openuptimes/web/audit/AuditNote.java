package io.openuptimes.web.audit;

import io.openuptimes.model.AuditActor;
import io.openuptimes.model.Service;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a handler adds to its request's audit log entry. Values are redacted and shortened as they are added, so a note
 * never contains a secret.
 */
public final class AuditNote {

    private static final String KEY = AuditNote.class.getName();

    private @Nullable String target;
    private final Map<String, Object> before = new LinkedHashMap<>();
    private final Map<String, Object> after = new LinkedHashMap<>();
    private Map<String, Object> counts = Map.of();
    private @Nullable AuditActor actor;
    private boolean failed;
    private boolean omitted;

    /** The request's note; one that is discarded if the operation is not audited. */
    public static AuditNote of(RoutingContext context) {
        AuditNote note = context.get(KEY);
        return note == null ? new AuditNote() : note;
    }

    static AuditNote begin(RoutingContext context) {
        AuditNote note = new AuditNote();
        context.put(KEY, note);
        return note;
    }

    /** Sets the service, key or selection that the request is about. */
    public AuditNote target(String name) {
        target = AuditValues.shortened(name);
        return this;
    }

    /**
     * Notes the changed fields of a service.
     *
     * @param old the previous version; null if the service was created
     * @param now the new version; null if it was deleted
     */
    public AuditNote service(@Nullable Service old, @Nullable Service now) {
        AuditValues.difference(old, now, before, after);
        Service named = old == null ? now : old;
        return named == null ? this : target(named.name());
    }

    /** Notes a field that was set; ignores null. */
    public AuditNote set(String field, @Nullable Object value) {
        if (value != null) {
            after.put(field, AuditValues.plain(value));
        }
        return this;
    }

    /** Notes a service field that was set and may contain a secret. */
    public void field(String field, @Nullable Object value) {
        after.put(field, AuditValues.ofService(field, value));
    }

    /** Notes a field if its value changed. */
    public AuditNote changed(String field, @Nullable Object old, @Nullable Object now) {
        if (!Objects.equals(old, now)) {
            before.put(field, AuditValues.plain(old));
            after.put(field, AuditValues.plain(now));
        }
        return this;
    }

    /** Notes the number of services affected by a bulk change. */
    public AuditNote counts(int created, int changed, int unchanged, int deleted) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("created", created);
        all.put("changed", changed);
        all.put("unchanged", unchanged);
        all.put("deleted", deleted);
        counts = all;
        return this;
    }

    /** Marks the request as a sign-in: the caller was anonymous and now has a session. */
    public void signedIn() {
        actor = AuditActor.SESSION;
    }

    /** Marks the request as a failed sign-in, which is recorded although it is rejected. */
    public void failed() {
        failed = true;
    }

    /** Marks the request as one that changed nothing, such as a dry run, and is not recorded. */
    public void omit() {
        omitted = true;
    }

    boolean isFailed() {
        return failed;
    }

    /**
     * @param status the response's HTTP status
     */
    boolean isRecorded(int status) {
        return failed || (status < 400 && !omitted);
    }

    /** The identity that the caller gained by the request; null if unchanged. */
    @Nullable
    AuditActor actor() {
        return actor;
    }

    @Nullable
    String target() {
        return target;
    }

    Map<String, Object> before() {
        return before;
    }

    Map<String, Object> after() {
        return after;
    }

    Map<String, Object> counts() {
        return counts;
    }
}
