package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.SecretMessage.RotateSecrets;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsHandlerTest {

    private final AccessServer server = new AccessServer(0);

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void theStoreSeesWhenTheRightToARotationEnds() throws Exception {
        JsonObject made = server.call("POST", "/api/keys")
                .key(CONFIGURED_KEY)
                .json("{\"name\":\"rotates\",\"scope\":\"admin\"}")
                .send()
                .json();
        assertThat(server.call("POST", "/api/secrets/rotate")
                        .key(made.getString("key"))
                        .send()
                        .status())
                .isEqualTo(200);
        Authority by = server.store.asked.stream()
                .filter(RotateSecrets.class::isInstance)
                .map(asked -> ((RotateSecrets) asked).by())
                .findFirst()
                .orElseThrow();
        await(by.confirm().get());

        String id = made.getJsonObject("apiKey").getString("id");
        server.call("DELETE", "/api/keys/" + id).key(CONFIGURED_KEY).send();
        server.passes(Duration.ofSeconds(1));

        assertThat(await(by.confirm().get().map(0).otherwise(Failures::codeOf))).isEqualTo(Failures.UNAUTHORIZED);
    }
}
