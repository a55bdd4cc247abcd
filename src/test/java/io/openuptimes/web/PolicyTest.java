package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Policy;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.web.list.PolicyJson;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The installation's rules for when a service is down, as pages of services show them. */
class PolicyTest {

    @Test
    void its_members_have_the_names_of_fields() {
        JsonObject policy =
                PolicyJson.of(new Policy(3, 5, RetryBackoff.EXPONENTIAL, RetryOn.NETWORK, 2, 4, true, 800, 7, 20));

        assertThat(policy)
                .isEqualTo(new JsonObject()
                        .put("retries", 3)
                        .put("retryInterval", 5)
                        .put("retryBackoff", "exponential")
                        .put("retryOn", "network")
                        .put("failureThreshold", 2)
                        .put("successThreshold", 4)
                        .put("confirmElsewhere", true)
                        .put("degradedAfter", 800)
                        .put("flapCount", 7)
                        .put("flapMinutes", 20));
        assertThat(policy).hasSize(Policy.class.getRecordComponents().length);
        assertThat(ServiceFields.SHOWN).containsAll(policy.fieldNames());
    }
}
