package io.openuptimes.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log: a request that changed something, or a sign-in that failed. Of an actor with more requests
 * than the log has room for, one entry for each hour stands for all further ones.
 *
 * @param id its place in the log; empty until it is stored
 * @param at epoch milliseconds
 * @param action the request's {@code operationId} in {@code openapi.yaml}, or {@link #FOLDED}
 * @param actor who made the request
 * @param address the caller's IP address
 * @param target name of the service, key or selection that the request was about; null for none
 * @param before fields that changed, as they were; secrets are blanked
 * @param after the same fields as they are now; secrets are blanked
 * @param counts how many services a bulk change created, changed, left unchanged and deleted; of a folded entry, its
 *     requests by action; empty for other requests
 * @param failed whether it is a failed sign-in
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

    /** The action of an entry that stands for many requests of an actor. */
    public static final String FOLDED = "folded";

    public AuditEntry {
        before = ordered(before);
        after = ordered(after);
        counts = ordered(counts);
    }

    /** Unlike {@code Map.copyOf}, keeps the order and takes nulls. */
    private static Map<String, Object> ordered(Map<String, Object> fields) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String toString() {
        return "AuditEntry[" + action + " by " + actor + "]"; // values may be long
    }
}
