package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.SecretMessage;
import io.openuptimes.bus.SecretMessage.RotateSecrets;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code POST /api/secrets/rotate}: encrypts all secrets with a new key. */
final class SecretsHandler {

    private final Bus bus;

    SecretsHandler(Bus bus) {
        this.bus = bus;
    }

    static List<Endpoint> of(WebContext web) {
        return new SecretsHandler(web.bus()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.guarded("rotateSecrets", HttpMethod.POST, "/api/secrets/rotate", Scope.ADMIN, this::rotate));
    }

    private void rotate(RoutingContext context) {
        bus.request(
                        SecretMessage.ROTATE_SECRETS,
                        new RotateSecrets(Access.authority(context)),
                        RotateSecrets.TIMEOUT_MS)
                .onSuccess(rotated -> {
                    AuditNote.of(context).set("keyId", rotated.keyId()).set("rewritten", rotated.rewritten());
                    Answers.json(
                            context,
                            new JsonObject()
                                    .put("success", true)
                                    .put("keyId", rotated.keyId())
                                    .put("rewritten", rotated.rewritten())
                                    .put("remaining", rotated.remaining()));
                })
                .onFailure(context::fail);
    }
}
