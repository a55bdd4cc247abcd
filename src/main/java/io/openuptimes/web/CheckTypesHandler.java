package io.openuptimes.web;

import io.openuptimes.model.ServiceField;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.SpecType;
import io.openuptimes.model.SpecTypes;
import io.openuptimes.model.field.Field;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.StoredText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/check-types}: the check types and the rules of services' fields, the same for all callers. */
final class CheckTypesHandler {

    private final StoredText answer =
            StoredText.of(Answers.JSON, body().toBuffer().getBytes());

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getCheckTypes", HttpMethod.GET, "/api/check-types", this::get));
    }

    private void get(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_CACHE);
        answer.answer(context);
    }

    static JsonObject body() {
        JsonArray types = new JsonArray();
        SpecTypes.ALL.forEach(type -> types.add(type(type)));
        JsonArray common = new JsonArray();
        for (ServiceField field : ServiceFields.ALL) {
            if (field.types().isEmpty()) {
                common.add(new JsonObject(field.rules().toMap()));
            }
        }
        return new JsonObject().put("types", types).put("fields", common);
    }

    private static JsonObject type(SpecType<?> type) {
        JsonArray fields = new JsonArray();
        for (Field<?, ?> field : type.fields()) {
            fields.add(new JsonObject(field.rules().toMap()));
        }
        return new JsonObject()
                .put("name", type.name())
                .put("schemes", new JsonArray(type.schemes()))
                .put("fields", fields);
    }
}
