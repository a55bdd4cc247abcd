package io.openuptimes.bus;

/** Requests to the store about encryption of secrets, and its answers. */
public sealed interface SecretMessage extends Message {

    Address<RotateSecrets, SecretsRotated> ROTATE_SECRETS = new Address<>("store.secrets.rotate");

    /**
     * Re-encrypts all secrets with this node's preferred key; answered by {@link SecretsRotated}. Fails with
     * {@link Failures#CONFLICT} if there is no key, or if a live node lacks it.
     *
     * @param by checked before each step; once it has ended, the remaining services keep their current key
     */
    record RotateSecrets(Authority by) implements SecretMessage {

        /** Request timeout in milliseconds. */
        public static final long TIMEOUT_MS = 600_000;
    }

    /**
     * @param keyId of the key now in use
     * @param rewritten number of services whose secrets were re-encrypted
     * @param remaining number of services that changed meanwhile or cannot be read; another rotation retries them
     */
    record SecretsRotated(String keyId, int rewritten, int remaining) implements SecretMessage {}
}
