package io.openuptimes.bus;

/** What the store is asked about the encryption of secrets, and answers. */
public sealed interface SecretMessage extends Message {

    /**
     * Encrypt all secrets with the key that this node prefers; answered by {@link SecretsRotated}. Fails with
     * {@link Failures#CONFLICT} if there is no key, or a live node does not hold it.
     *
     * @param by looked at before each step: services whose turn comes after it has ended keep the key that they have
     */
    record RotateSecrets(Authority by) implements SecretMessage {

        /** How long it may take, milliseconds. */
        public static final long TIMEOUT_MS = 600_000;
    }

    /**
     * @param keyId of the key that secrets are encrypted with now
     * @param rewritten services whose secrets were encrypted anew
     * @param remaining services that were changed meanwhile or cannot be read; another rotation tries them again
     */
    record SecretsRotated(String keyId, int rewritten, int remaining) implements SecretMessage {}
}
