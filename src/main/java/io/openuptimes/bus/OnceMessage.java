package io.openuptimes.bus;

import org.jspecify.annotations.Nullable;

/** What the store verticle is asked so that a request that is sent twice is carried out once. */
public sealed interface OnceMessage extends Message {

    /**
     * Names the record of a request. Both parts are hexadecimal.
     *
     * @param caller hash of the caller
     * @param key hash of the caller and its {@code Idempotency-Key}
     */
    record OnceKey(String caller, String key) {}

    /**
     * A request is about to be carried out; answered by a {@link Begun}.
     *
     * @param fingerprint of what is asked for
     */
    record BeginOnce(OnceKey key, String fingerprint) implements OnceMessage {}

    /**
     * @param state what is known of the key
     * @param kept the answer; null unless the state is {@code DONE}
     */
    record Begun(State state, @Nullable Kept kept) implements OnceMessage {

        /** What is known of a key. */
        public enum State {
            /** Nothing: go on. */
            FRESH,
            /** The same request is being carried out. */
            UNDER_WAY,
            /** The same request was carried out. */
            DONE,
            /** Another request came with that key. */
            OTHER,
            /** Nothing, and there is no room for a record: too many requests are being carried out. */
            FULL
        }
    }

    /**
     * An answer that was given.
     *
     * @param status the HTTP status
     * @param body JSON
     * @param tag of what it shows, null for none
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
     * @param kept the answer for whoever sends it again; null if it was not carried out, and can be tried again
     */
    record EndOnce(
            OnceKey key, String fingerprint, @Nullable Kept kept) implements OnceMessage {}
}
