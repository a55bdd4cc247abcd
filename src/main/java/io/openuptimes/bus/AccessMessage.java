package io.openuptimes.bus;

import io.openuptimes.model.ApiKey;
import io.openuptimes.model.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store is asked about who may do what, and answers. Secrets travel as hashes only. */
public sealed interface AccessMessage extends Message {

    record ListKeys() implements AccessMessage {}

    record Keys(List<ApiKey> keys) implements AccessMessage {}

    record FindKey(String id) implements AccessMessage {}

    /** {@code key} is null where there is none. */
    record FoundKey(@Nullable ApiKey key) implements AccessMessage {}

    record SaveKey(ApiKey key) implements AccessMessage {}

    record DeleteKey(String id) implements AccessMessage {}

    /** Notes the last use of a key, epoch milliseconds. */
    record TouchKey(String id, long at) implements AccessMessage {}

    record GetInstallation() implements AccessMessage {}

    /**
     * What is set once for the whole installation.
     *
     * @param setupCompleted whether the set-up is done
     * @param siteName shown on the pages
     * @param passwordHash of the admin password, null if there is none yet
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
     * Completes the set-up, once: fails with {@link Failures#CONFLICT} if it is done already. All of it is stored, or
     * none. Nulls change nothing.
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

    /** Sets the password and ends every session by a new epoch; answered by {@link Installation}. */
    record ChangePassword(String passwordHash) implements AccessMessage {
        @Override
        public String toString() {
            return "ChangePassword";
        }
    }

    /** Ends every session by a new epoch. */
    record EndSessions() implements AccessMessage {}

    /** Keeps a session until it expires; saving it again under the same token hash replaces it. */
    record SaveSession(Session session) implements AccessMessage {}

    /** Keep a session as it is now, if it has not ended; answered by {@link FoundSession}. */
    record ProlongSession(Session session) implements AccessMessage {}

    record FindSession(String tokenHash) implements AccessMessage {}

    /** {@code session} is null where there is none, or it expired, or its epoch is over. */
    record FoundSession(@Nullable Session session) implements AccessMessage {}

    record DeleteSession(String tokenHash) implements AccessMessage {}

    /**
     * Keys or sessions have ended on another node: whoever was let in by one, and is still here, may be so no more.
     *
     * @param keys whether a key was revoked
     * @param sessions whether a session was ended, or all
     */
    record CredentialsEnded(boolean keys, boolean sessions) implements AccessMessage {}
}
