package io.openuptimes.store.secrets;

/** A stored secret cannot be decrypted. The message contains no part of it. */
public final class SealedException extends Exception {

    private static final long serialVersionUID = 1;

    SealedException(String message) {
        super(message, null, false, false);
    }
}
