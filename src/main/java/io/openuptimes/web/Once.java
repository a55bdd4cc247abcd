package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.model.Sha256;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Fingerprint;
import io.openuptimes.web.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Carries a request with an {@code Idempotency-Key} out once: whoever sends it again, because the answer was lost, gets
 * the same answer.
 */
final class Once {

    private static final String HEADER = "Idempotency-Key";

    private final Bus bus;

    Once(Bus bus) {
        this.bus = bus;
    }

    /**
     * @param bodyHash of the request's body
     * @param work what the request is for; its failures become answers too
     * @return the answer, of now or of then; fails with an {@link ApiException} where the key cannot be used
     */
    Future<Reply> answer(RoutingContext context, byte[] bodyHash, Supplier<Future<Reply>> work) {
        String key = context.request().getHeader(HEADER);
        if (key == null) {
            return work.get();
        }
        if (!key.matches("[!-~]{1,255}")) {
            return Future.failedFuture(Errors.invalid(HEADER, "must be 1 to 255 visible ASCII characters"));
        }
        String own = own(Access.caller(context), key);
        String fingerprint = Fingerprint.of(context.request(), bodyHash);
        return bus.request(Addresses.BEGIN_ONCE, new BeginOnce(own, fingerprint))
                .compose(begun -> switch (begun.state()) {
                    case FRESH -> carryOut(own, fingerprint, work);
                    case DONE -> Future.succeededFuture(again(context, begun));
                    case UNDER_WAY ->
                        Future.failedFuture(new ApiException(
                                409,
                                HEADER + ": this request is under way, try again later",
                                Map.of("Retry-After", "1")));
                    case OTHER ->
                        Future.failedFuture(
                                new ApiException(422, HEADER + ": another request was sent with it before"));
                });
    }

    /** Keys are each caller's own. */
    private static String own(Caller caller, String key) {
        byte[] text = (caller.kind() + " " + caller.id() + " " + key).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Sha256.digest().digest(text));
    }

    private static Reply again(RoutingContext context, Begun begun) {
        Kept kept = begun.kept();
        if (kept == null) {
            throw new IllegalStateException("done without an answer");
        }
        AuditNote.of(context).omit(); // it has its entry
        context.response().putHeader("Idempotent-Replayed", "true");
        return new Reply(kept.status(), new JsonObject(kept.body()), kept.tag());
    }

    private Future<Reply> carryOut(String key, String fingerprint, Supplier<Future<Reply>> work) {
        return work.get().recover(Once::refusal).transform(ended -> {
            Kept kept = ended.failed()
                    ? null
                    : new Kept(
                            ended.result().status(),
                            ended.result().body().encode(),
                            ended.result().tag());
            // where that is lost, the request can be sent again a few minutes later
            return bus.request(Addresses.END_ONCE, new EndOnce(key, fingerprint, kept))
                    .transform(told -> ended.failed()
                            ? Future.failedFuture(ended.cause())
                            : Future.succeededFuture(ended.result()));
        });
    }

    /** What is wrong with the request is its answer; what is wrong with us is not. */
    private static Future<Reply> refusal(Throwable failure) {
        int code = failure instanceof ApiException error ? error.status() : Failures.codeOf(failure);
        return code >= 500
                ? Future.failedFuture(failure)
                : Future.succeededFuture(
                        new Reply(code, Errors.body(code, String.valueOf(failure.getMessage())), null));
    }
}
