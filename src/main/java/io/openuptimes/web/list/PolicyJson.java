package io.openuptimes.web.list;

import io.openuptimes.model.Policy;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A {@link Policy} in an answer, with the names of a service's fields. */
public final class PolicyJson {

    private PolicyJson() {}

    /** All members, null where the policy has none. */
    public static JsonObject of(Policy policy) {
        return new JsonObject()
                .put("retries", policy.retries())
                .put("retryInterval", policy.retryInterval())
                .put("retryBackoff", word(policy.retryBackoff()))
                .put("retryOn", word(policy.retryOn()))
                .put("failureThreshold", policy.failureThreshold())
                .put("successThreshold", policy.successThreshold())
                .put("confirmElsewhere", policy.confirmElsewhere())
                .put("degradedAfter", policy.degradedAfter())
                .put("flapCount", policy.flapCount())
                .put("flapMinutes", policy.flapMinutes());
    }

    private static @Nullable String word(@Nullable RetryBackoff backoff) {
        return backoff == null ? null : backoff.word();
    }

    private static @Nullable String word(@Nullable RetryOn failures) {
        return failures == null ? null : failures.word();
    }
}
