package io.openuptimes.web;

import static io.openuptimes.bus.AccessMessage.DELETE_KEY;
import static io.openuptimes.bus.AccessMessage.LIST_KEYS;
import static io.openuptimes.bus.AccessMessage.SAVE_KEY;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.openuptimes.bus.AccessMessage.DeleteKey;
import io.openuptimes.bus.AccessMessage.ListKeys;
import io.openuptimes.bus.AccessMessage.SaveKey;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.IssuedKey;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.ContentCoding;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists, creates and revokes API keys. */
public final class KeysHandler {

    private static final Logger log = LoggerFactory.getLogger(KeysHandler.class);

    private final Bus bus;
    private final Access access;
    private final Clock clock;

    /**
     * @param clock wall clock
     */
    public KeysHandler(Bus bus, Access access, Clock clock) {
        this.bus = bus;
        this.access = access;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.guarded("listKeys", GET, "/api/keys", Scope.ADMIN, this::list),
                Endpoint.guarded("createKey", POST, "/api/keys", Scope.ADMIN, this::create),
                Endpoint.guarded("revokeKey", DELETE, "/api/keys/{id}", Scope.ADMIN, this::revoke));
    }

    private void list(RoutingContext context) {
        bus.request(LIST_KEYS, new ListKeys()).onFailure(context::fail).onSuccess(found -> {
            JsonArray keys = new JsonArray();
            found.keys().forEach(key -> keys.add(KeyFields.shown(key, clock.millis())));
            Answers.json(context, new JsonObject().put("keys", keys));
        });
    }

    private void create(RoutingContext context) {
        long now = clock.millis();
        KeyFields wanted = KeyFields.parse(JsonBody.required(context), now);
        KeyLimits limits = wanted.limits();
        IssuedKey issued = IssuedKey.issue(wanted.name(), wanted.scope(), wanted.limits(), now);
        bus.request(SAVE_KEY, new SaveKey(issued.apiKey()))
                .onFailure(context::fail)
                .onSuccess(done -> {
                    log.info(
                            "{} created by {}",
                            issued.apiKey(),
                            Access.caller(context).id());
                    AuditNote.of(context)
                            .target(issued.apiKey().prefix())
                            .set("name", wanted.name())
                            .set("scope", wanted.scope().word())
                            .set("selector", limits.selector().isAll() ? null : limits.selector())
                            .set("expiresAt", limits.expiresAt() == 0 ? null : limits.expiresAt())
                            .set("rateLimit", limits.rateLimit() == 0 ? null : limits.rateLimit());
                    JsonObject body = new JsonObject()
                            .put("success", true)
                            .put("key", issued.key())
                            .put("apiKey", KeyFields.shown(issued.apiKey(), now));
                    ContentCoding.never(context);
                    Answers.json(context, 201, body);
                });
    }

    private void revoke(RoutingContext context) {
        String id = context.pathParam("id");
        AuditNote.of(context).target("ou_" + id);
        bus.request(DELETE_KEY, new DeleteKey(id))
                .onFailure(e -> context.fail(
                        Failures.codeOf(e) == Failures.NOT_FOUND ? new ApiException(404, "Key not found") : e))
                .onSuccess(done -> {
                    access.keyRevoked();
                    log.info(
                            "ApiKey[{}] revoked by {}",
                            id,
                            Access.caller(context).id());
                    Answers.json(context, new JsonObject().put("success", true).put("message", "Key revoked"));
                });
    }
}
