package io.openuptimes.web;

import static io.openuptimes.bus.Addresses.DELETE_KEY;
import static io.openuptimes.bus.Addresses.LIST_KEYS;
import static io.openuptimes.bus.Addresses.SAVE_KEY;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.openuptimes.bus.AccessMessage.DeleteKey;
import io.openuptimes.bus.AccessMessage.ListKeys;
import io.openuptimes.bus.AccessMessage.SaveKey;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.IssuedKey;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Fields;
import io.openuptimes.web.http.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API keys: listed, made, revoked. */
public final class KeysHandler {

    private static final Logger log = LoggerFactory.getLogger(KeysHandler.class);
    private static final int MAX_NAME = 100;

    private final Bus bus;
    private final Access access;
    private final Clock clock;

    /**
     * @param clock tells the time of day
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
            found.keys().forEach(key -> keys.add(shown(key)));
            Answers.json(context, new JsonObject().put("keys", keys));
        });
    }

    private void create(RoutingContext context) {
        Fields fields = Fields.of(JsonBody.required(context), "name", "scope");
        String name = fields.required("name", 1, MAX_NAME);
        Fields.printable("name", name);
        String word = fields.optional("scope", 0, MAX_NAME);
        Scope scope = Scope.ofWord(word == null ? Scope.READ.word() : word)
                .orElseThrow(() -> Errors.invalid("scope", "must be read, write or admin"));
        IssuedKey issued = IssuedKey.issue(name, scope, clock.millis());
        bus.request(SAVE_KEY, new SaveKey(issued.apiKey()))
                .onFailure(context::fail)
                .onSuccess(done -> {
                    log.info(
                            "{} made by {}",
                            issued.apiKey(),
                            Access.caller(context).id());
                    AuditNote.of(context)
                            .target(issued.apiKey().prefix())
                            .set("name", name)
                            .set("scope", scope.word());
                    JsonObject body = new JsonObject()
                            .put("success", true)
                            .put("key", issued.key())
                            .put("apiKey", shown(issued.apiKey()));
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

    private static JsonObject shown(ApiKey key) {
        return new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("scope", key.scope().word())
                .put("prefix", key.prefix())
                .put("createdAt", key.createdAt())
                .put("lastUsed", key.lastUsed() == 0 ? null : key.lastUsed());
    }
}
