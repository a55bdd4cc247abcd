package io.openuptimes.web.audit;

import io.openuptimes.model.AuditActor;
import io.openuptimes.model.Service;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a handler adds to its request's entry in the audit log. Values are blanked and shortened as they are added: no
 * secret ever is in a note.
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

    /** Of the request; one that is thrown away where its operation is not audited. */
    public static AuditNote of(RoutingContext context) {
        AuditNote note = context.get(KEY);
        return note == null ? new AuditNote() : note;
    }

    static AuditNote begin(RoutingContext context) {
        AuditNote note = new AuditNote();
        context.put(KEY, note);
        return note;
    }

    /** Names the service, key or selection that the request is about. */
    public AuditNote target(String name) {
        target = AuditValues.shortened(name);
        return this;
    }

    /**
     * Notes the fields in which a service differs.
     *
     * @param old as it was; null if it was made
     * @param now as it is; null if it is gone
     */
    public AuditNote service(@Nullable Service old, @Nullable Service now) {
        AuditValues.difference(old, now, before, after);
        Service named = old == null ? now : old;
        return named == null ? this : target(named.name());
    }

    /** Notes a field that has been set; a null has not. */
    public AuditNote set(String field, @Nullable Object value) {
        if (value != null) {
            after.put(field, AuditValues.plain(value));
        }
        return this;
    }

    /** Notes a field of a service that has been set, whose value may hold a secret. */
    public void field(String field, @Nullable Object value) {
        after.put(field, AuditValues.ofService(field, value));
    }

    /** Notes a field if it is not as it was. */
    public AuditNote changed(String field, @Nullable Object old, @Nullable Object now) {
        if (!Objects.equals(old, now)) {
            before.put(field, AuditValues.plain(old));
            after.put(field, AuditValues.plain(now));
        }
        return this;
    }

    /** Notes how many services a bulk change was about. */
    public AuditNote counts(int created, int changed, int unchanged, int deleted) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("created", created);
        all.put("changed", changed);
        all.put("unchanged", unchanged);
        all.put("deleted", deleted);
        counts = all;
        return this;
    }

    /** The caller, unknown before, has signed in. */
    public void signedIn() {
        actor = AuditActor.SESSION;
    }

    /** The request is a sign-in that failed: it is recorded although it is refused. */
    public void failed() {
        failed = true;
    }

    /** Nothing was changed, as by a dry run: there is nothing to record. */
    public void omit() {
        omitted = true;
    }

    boolean isFailed() {
        return failed;
    }

    /**
     * @param status of the answer
     */
    boolean isRecorded(int status) {
        return failed || (status < 400 && !omitted);
    }

    /** Who the caller has become by the request; null for who it was before. */
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
