package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.bus.OnceMessage.OnceKey;
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
import org.jspecify.annotations.Nullable;

/**
 * Carries a request with an {@code Idempotency-Key} out once. A repeat, sent because the answer was lost, gets the
 * recorded answer, see {@link RecordedAnswer}.
 */
final class Once {

    private static final String HEADER = "Idempotency-Key";
    /** Of the hash; it only counts a caller's records. */
    private static final int CALLER_DIGITS = 16;
    /** Most requests end within it. */
    private static final String FULL_RETRY_SECONDS = "10";

    private final Bus bus;

    Once(Bus bus) {
        this.bus = bus;
    }

    /**
     * @param bodyHash of the request's body
     * @param work what the request is for; its failures become answers too
     * @return the answer, of now or of then; fails with an {@link ApiException} where the key cannot be used
     * @throws ApiException if the header is not valid
     */
    Future<Reply> answer(RoutingContext context, byte[] bodyHash, Supplier<Future<Reply>> work) {
        String key = key(context);
        if (key == null) {
            return work.get();
        }
        OnceKey own = own(Access.caller(context), key);
        String fingerprint = Fingerprint.of(context.request(), bodyHash);
        return bus.request(Addresses.BEGIN_ONCE, new BeginOnce(own, fingerprint))
                .compose(begun -> switch (begun.state()) {
                    case FRESH -> carryOut(own, fingerprint, work);
                    case DONE -> Future.succeededFuture(again(context, begun));
                    case UNDER_WAY ->
                        Future.failedFuture(new ApiException(
                                409,
                                HEADER + ": a request with this key is still in progress; try again later",
                                Map.of("Retry-After", "1")));
                    case OTHER ->
                        Future.failedFuture(
                                new ApiException(422, HEADER + ": was already used for a different request"));
                    case FULL ->
                        Future.failedFuture(new ApiException(
                                429,
                                HEADER + ": too many requests with a key are in progress; try again later",
                                Map.of("Retry-After", FULL_RETRY_SECONDS)));
                });
    }

    /** Carries out a dry run. It changes nothing and can be repeated, so no answer is recorded. */
    Future<Reply> dryRun(RoutingContext context, Supplier<Future<Reply>> work) {
        key(context);
        return work.get();
    }

    private static @Nullable String key(RoutingContext context) {
        String key = context.request().getHeader(HEADER);
        if (key != null && !key.matches("[!-~]{1,255}")) {
            throw Errors.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        return key;
    }

    /** Keys are each caller's own. */
    private static OnceKey own(Caller caller, String key) {
        String who = caller.kind() + " " + caller.id();
        return new OnceKey(hash(who).substring(0, CALLER_DIGITS), hash(who + " " + key));
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
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

    private Future<Reply> carryOut(OnceKey key, String fingerprint, Supplier<Future<Reply>> work) {
        return work.get().recover(Once::refusal).transform(ended -> {
            Kept kept = ended.failed() ? null : RecordedAnswer.of(ended.result());
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
        // an ended right says nothing about the request: after signing in again it may be repeated
        return code >= 500 || code == 401 || code == 429
                ? Future.failedFuture(failure)
                : Future.succeededFuture(
                        new Reply(code, Errors.body(code, String.valueOf(failure.getMessage())), null));
    }
}
