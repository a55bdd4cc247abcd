package io.openuptimes.bus;

import io.openuptimes.bus.Message.Done;
import org.jspecify.annotations.Nullable;

/** Requests to the store verticle that make a repeated API request run only once. */
public sealed interface OnceMessage extends Message {

    Address<BeginOnce, Begun> BEGIN_ONCE = new Address<>("store.once.begin");
    Address<EndOnce, Done> END_ONCE = new Address<>("store.once.end");

    /**
     * Identifies the record of a request. Both parts are hexadecimal.
     *
     * @param caller hash of the caller
     * @param key hash of the caller and its {@code Idempotency-Key}
     */
    record OnceKey(String caller, String key) {}

    /**
     * Reserves the key before the request runs; answered by a {@link Begun}.
     *
     * @param fingerprint hash of the request's content
     */
    record BeginOnce(OnceKey key, String fingerprint) implements OnceMessage {}

    /**
     * @param state of the key
     * @param kept the recorded answer; null unless the state is {@code DONE}
     */
    record Begun(State state, @Nullable Kept kept) implements OnceMessage {

        /** State of an idempotency key. */
        public enum State {
            /** Not used before: run the request. */
            FRESH,
            /** The same request is still running. */
            UNDER_WAY,
            /** The same request has completed. */
            DONE,
            /** The key was used for a different request. */
            OTHER,
            /** Not used before, but too many requests are in progress to record another. */
            FULL
        }
    }

    /**
     * A recorded answer.
     *
     * @param status HTTP status
     * @param body JSON
     * @param tag entity tag of the body; null for none
     */
    record Kept(int status, String body, @Nullable String tag) implements OnceMessage {
        @Override
        public String toString() {
            return "Kept[" + status + "]"; // fields of services may hold secrets
        }
    }

    /**
     * The request has ended.
     *
     * @param kept answer for repetitions of the request; null if it did not run and may be retried
     */
    record EndOnce(
            OnceKey key, String fingerprint, @Nullable Kept kept) implements OnceMessage {}
}
