package io.openuptimes.bus;

import io.openuptimes.bus.Message.Done;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests to the store about credentials and setup, and its answers. Secrets travel as hashes only. */
public sealed interface AccessMessage extends Message {

    Address<ListKeys, Keys> LIST_KEYS = new Address<>("store.key.list");
    Address<FindKey, FoundKey> FIND_KEY = new Address<>("store.key.find");
    Address<SaveKey, Done> SAVE_KEY = new Address<>("store.key.save");
    Address<DeleteKey, Done> DELETE_KEY = new Address<>("store.key.delete");
    Address<TouchKey, Done> TOUCH_KEY = new Address<>("store.key.touch");
    Address<GetInstallation, Installation> GET_INSTALLATION = new Address<>("store.installation");
    Address<CompleteSetup, Done> COMPLETE_SETUP = new Address<>("store.setup.complete");
    Address<ChangePassword, Installation> CHANGE_PASSWORD = new Address<>("store.password.change");
    Address<EndSessions, Done> END_SESSIONS = new Address<>("store.session.end");
    Address<SaveSession, Done> SAVE_SESSION = new Address<>("store.session.save");
    Address<ProlongSession, FoundSession> PROLONG_SESSION = new Address<>("store.session.prolong");
    Address<FindSession, FoundSession> FIND_SESSION = new Address<>("store.session.find");
    Address<DeleteSession, Done> DELETE_SESSION = new Address<>("store.session.delete");
    Topic<CredentialsEnded> CREDENTIALS_ENDED = new Topic<>("event.credentials");

    record ListKeys() implements AccessMessage {}

    record Keys(List<ApiKey> keys) implements AccessMessage {}

    record FindKey(String id) implements AccessMessage {}

    /** {@code key} is null if there is no such key. */
    record FoundKey(@Nullable ApiKey key) implements AccessMessage {}

    record SaveKey(ApiKey key) implements AccessMessage {}

    record DeleteKey(String id) implements AccessMessage {}

    /** Records the last use of a key, in epoch milliseconds. */
    record TouchKey(String id, long at) implements AccessMessage {}

    record GetInstallation() implements AccessMessage {}

    /**
     * Installation-wide settings.
     *
     * @param setupCompleted whether setup has been completed
     * @param siteName shown on the pages
     * @param passwordHash of the admin password; null if none is set
     * @param sessionEpoch sessions of an earlier epoch have ended
     */
    record Installation(
            boolean setupCompleted,
            String siteName,
            @Nullable String passwordHash,
            long sessionEpoch) implements AccessMessage {
        @Override
        public String toString() {
            return "Installation[setupCompleted=" + setupCompleted + ", siteName=" + siteName + ", sessionEpoch="
                    + sessionEpoch + "]";
        }
    }

    /**
     * Completes setup once; fails with {@link Failures#CONFLICT} if already completed. Atomic; null fields change nothing.
     *
     * @param passwordHash of the admin password
     * @param siteName shown on the pages
     * @param key the first API key
     */
    record CompleteSetup(
            @Nullable String passwordHash,
            @Nullable String siteName,
            @Nullable ApiKey key) implements AccessMessage {
        @Override
        public String toString() {
            return "CompleteSetup[siteName=" + siteName + ", key=" + key + "]";
        }
    }

    /** Sets the password and ends every session by starting a new epoch; answered by {@link Installation}. */
    record ChangePassword(String passwordHash) implements AccessMessage {
        @Override
        public String toString() {
            return "ChangePassword";
        }
    }

    /** Ends every session by starting a new epoch. */
    record EndSessions() implements AccessMessage {}

    /** Keeps a session until it expires; saving again under the same token hash replaces it. */
    record SaveSession(Session session) implements AccessMessage {}

    /** Updates a session that has not ended; answered by {@link FoundSession}. */
    record ProlongSession(Session session) implements AccessMessage {}

    record FindSession(String tokenHash) implements AccessMessage {}

    /** {@code session} is null if there is none, it has expired, or its epoch has ended. */
    record FoundSession(@Nullable Session session) implements AccessMessage {}

    record DeleteSession(String tokenHash) implements AccessMessage {}

    /**
     * Keys or sessions ended on another node; connections authorized by them must be checked again.
     *
     * @param keys whether a key was revoked
     * @param sessions whether one session, or all of them, ended
     */
    record CredentialsEnded(boolean keys, boolean sessions) implements AccessMessage {}
}
