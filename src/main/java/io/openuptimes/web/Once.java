package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.OnceMessage;
import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.bus.OnceMessage.OnceKey;
import io.openuptimes.runtime.Sha256;
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
 * Executes a request with an {@code Idempotency-Key} once. A retry, sent because the answer was lost, gets the recorded
 * answer; see {@link RecordedAnswer}.
 */
final class Once {

    private static final String HEADER = "Idempotency-Key";
    /** Digits of the hash; it is only used to count a caller's records. */
    private static final int CALLER_DIGITS = 16;
    /** Most requests finish within this time. */
    private static final String FULL_RETRY_SECONDS = "10";

    private final Bus bus;

    Once(Bus bus) {
        this.bus = bus;
    }

    /**
     * @param bodyHash of the request's body
     * @param work executes the request; its failures are recorded as answers too
     * @return the new or the recorded answer; fails with an {@link ApiException} if the key cannot be used
     * @throws ApiException if the header is not valid
     */
    Future<Reply> answer(RoutingContext context, byte[] bodyHash, Supplier<Future<Reply>> work) {
        String key = key(context);
        if (key == null) {
            return work.get();
        }
        OnceKey own = own(Access.caller(context), key);
        String fingerprint = Fingerprint.of(context.request(), bodyHash);
        return bus.request(OnceMessage.BEGIN_ONCE, new BeginOnce(own, fingerprint))
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

    /** Executes a dry run. It changes nothing and can be repeated, so its answer is not recorded. */
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

    /** Keys are scoped to their caller. */
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
        AuditNote.of(context).omit(); // the original request is in the log
        context.response().putHeader("Idempotent-Replayed", "true");
        return new Reply(kept.status(), new JsonObject(kept.body()), kept.tag());
    }

    private Future<Reply> carryOut(OnceKey key, String fingerprint, Supplier<Future<Reply>> work) {
        return work.get().recover(Once::refusal).transform(ended -> {
            Kept kept = ended.failed() ? null : RecordedAnswer.of(ended.result());
            // if this message is lost, the client can retry a few minutes later
            return bus.request(OnceMessage.END_ONCE, new EndOnce(key, fingerprint, kept))
                    .transform(told -> ended.failed()
                            ? Future.failedFuture(ended.cause())
                            : Future.succeededFuture(ended.result()));
        });
    }

    /** Errors of the request become answers; internal failures do not. */
    private static Future<Reply> refusal(Throwable failure) {
        int code = failure instanceof ApiException error ? error.status() : Failures.codeOf(failure);
        // an expired permission says nothing about the request, which may be retried after signing in again
        return code >= 500 || code == 401 || code == 429
                ? Future.failedFuture(failure)
                : Future.succeededFuture(
                        new Reply(code, Errors.body(code, String.valueOf(failure.getMessage())), null));
    }
}
