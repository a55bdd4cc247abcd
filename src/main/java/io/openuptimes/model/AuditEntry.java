package io.openuptimes.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log: a request that changed something, or a failed sign-in. If an actor has more requests than the
 * log has room for, one entry per hour stands for the remaining ones.
 *
 * @param id position in the log; empty until stored
 * @param at epoch milliseconds
 * @param action the request's {@code operationId} in {@code openapi.yaml}, or {@link #FOLDED}
 * @param actor author of the request
 * @param address the caller's IP address
 * @param target name of the service, key or selection concerned; null for none
 * @param before previous values of the changed fields; secrets are blanked
 * @param after new values of the same fields; secrets are blanked
 * @param counts number of services that a bulk change created, changed, left unchanged and deleted; for a folded entry, its
 *     requests by action; empty for other requests
 * @param failed whether this is a failed sign-in
 */
public record AuditEntry(
        String id,
        long at,
        String action,
        AuditActor actor,
        String address,
        @Nullable String target,
        Map<String, Object> before,
        Map<String, Object> after,
        Map<String, Object> counts,
        boolean failed) {

    /** Action of an entry that stands for many requests of an actor. */
    public static final String FOLDED = "folded";

    public AuditEntry {
        before = ordered(before);
        after = ordered(after);
        counts = ordered(counts);
    }

    /** Unlike {@code Map.copyOf}, keeps the order and allows null values. */
    private static Map<String, Object> ordered(Map<String, Object> fields) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String toString() {
        return "AuditEntry[" + action + " by " + actor + "]"; // values may be long
    }
}
