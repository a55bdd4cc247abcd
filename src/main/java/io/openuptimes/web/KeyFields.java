package io.openuptimes.web;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import io.openuptimes.model.Scope;
import io.openuptimes.model.field.FieldReader;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Fields;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API key's fields in requests and answers. */
record KeyFields(String name, Scope scope, KeyLimits limits) {

    private static final int MAX_NAME = 100;
    private static final int MAX_SELECTOR = 2_000;

    /**
     * @param now epoch milliseconds
     * @throws ApiException 400 if a field is not valid
     */
    static KeyFields parse(Map<String, Object> body, long now) {
        Fields fields = Fields.of(body, "name", "scope", "selector", "expiresAt", "rateLimit");
        String name = fields.requiredName("name", 1, MAX_NAME);
        String word = fields.optional("scope", 0, MAX_NAME);
        Scope scope = Scope.ofWord(word == null ? Scope.READ.word() : word)
                .orElseThrow(() -> Errors.invalid("scope", "must be read, write or admin"));
        LabelSelector selector = selector(fields.optional("selector", 1, MAX_SELECTOR));
        if (scope == Scope.ADMIN && !selector.isAll()) {
            throw Errors.invalid("selector", "cannot be given for the scope admin");
        }
        long expiresAt = whole("expiresAt", body.get("expiresAt"), Long.MAX_VALUE);
        if (expiresAt != 0 && expiresAt <= now) {
            throw Errors.invalid(
                    Problem.of(ProblemCode.OUT_OF_RANGE, "expiresAt", "must be in the future, in epoch milliseconds"));
        }
        int rateLimit = (int) whole("rateLimit", body.get("rateLimit"), KeyLimits.MAX_RATE);
        return new KeyFields(name, scope, new KeyLimits(selector, expiresAt, rateLimit));
    }

    private static LabelSelector selector(@Nullable String text) {
        try {
            return text == null ? LabelSelector.ALL : LabelSelector.parse("selector", text);
        } catch (InvalidInputException e) {
            throw new ApiException(400, e.what());
        }
    }

    private static long whole(String field, @Nullable Object given, long max) {
        try {
            return given == null ? 0 : FieldReader.whole(field, given, 1, max);
        } catch (InvalidInputException e) {
            throw new ApiException(400, e.what());
        }
    }

    /**
     * @param now epoch milliseconds
     */
    static JsonObject shown(ApiKey key, long now) {
        KeyLimits limits = key.limits();
        return new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("scope", key.scope().word())
                .put(
                        "selector",
                        limits.selector().isAll()
                                ? null
                                : String.join(",", limits.selector().texts()))
                .put("prefix", key.prefix())
                .put("createdAt", key.createdAt())
                .put("expiresAt", limits.expiresAt() == 0 ? null : limits.expiresAt())
                .put("expired", limits.isExpired(now))
                .put("rateLimit", limits.rateLimit() == 0 ? null : limits.rateLimit())
                .put("lastUsed", key.lastUsed() == 0 ? null : key.lastUsed());
    }
}
