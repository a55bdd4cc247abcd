package io.openuptimes.store.secrets;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * The key with which the installation's secrets are encrypted. Redis holds its id and a text sealed with it. All nodes
 * follow it, and a node without that key refuses to use this Redis. Belongs to one event loop.
 */
public final class InstallationKey {

    private static final String CHECK = "openuptimes";

    private final Link link;
    private final KeyRing keys;

    public InstallationKey(Link link, KeyRing keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * Reads the installation's key, or sets it to this node's if there is none. Call before reading or writing anything
     * else, and periodically.
     *
     * @return fails with {@link KeyMismatch} if this node does not hold it
     */
    public Future<Void> follow() {
        return link.send(Request.cmd(Command.GET).arg(Keys.SECRETS)).compose(stored -> {
            if (stored != null) {
                return adopt(stored.toString());
            }
            SecretKey own = keys.preferred();
            if (own == null) {
                keys.activate(null);
                return Future.succeededFuture();
            }
            return link.send(set(own).arg("NX")).compose(set -> {
                if (set == null) { // another node was first
                    return follow();
                }
                keys.activate(own);
                return Future.succeededFuture();
            });
        });
    }

    private Future<Void> adopt(String stored) {
        SecretKey key = held(stored, keys);
        if (key == null) {
            keys.lock();
            return Future.failedFuture(new KeyMismatch(named(stored)));
        }
        keys.activate(key);
        return Future.succeededFuture();
    }

    /**
     * Finds the key with which the stored text was sealed.
     *
     * @param stored the value in Redis
     * @return null if it is none of these keys
     */
    public static @Nullable SecretKey held(String stored, KeyRing keys) {
        try {
            JsonObject json = new JsonObject(stored);
            SecretKey key = keys.find(json.getString("keyId", ""));
            return key != null && opens(json.getString("check", ""), keys) ? key : null;
        } catch (DecodeException e) {
            return null;
        }
    }

    private static String named(String stored) {
        try {
            return "the key " + new JsonObject(stored).getString("keyId", "");
        } catch (DecodeException e) {
            return "an unknown key";
        }
    }

    private static boolean opens(String check, KeyRing keys) {
        try {
            return new SecretBox(keys).open(check, Keys.SECRETS).equals(CHECK);
        } catch (SealedException e) {
            return false;
        }
    }

    /** Makes this the installation's key for everything written from now on. */
    public Future<Void> change(SecretKey key) {
        return link.send(set(key)).onSuccess(set -> keys.activate(key)).mapEmpty();
    }

    private static Request set(SecretKey key) {
        JsonObject json =
                new JsonObject().put("keyId", key.id()).put("check", SecretBox.seal(CHECK, Keys.SECRETS, key));
        return Request.cmd(Command.SET).arg(Keys.SECRETS).arg(json.encode());
    }

    /** Whether this node must not use that Redis. */
    public static boolean isMismatch(@Nullable Throwable failure) {
        return failure instanceof KeyMismatch;
    }

    /** This node does not hold the installation's key. */
    private static final class KeyMismatch extends RuntimeException {

        private static final long serialVersionUID = 1;

        KeyMismatch(String key) {
            super(
                    "The secrets in this Redis are encrypted with " + key
                            + ", which this node does not have. Set secrets.key (OPENUPTIMES_SECRET_KEY) to it or add it"
                            + " to secrets.previousKeys; if it was made in the data directory, restore the file"
                            + " secret.key there",
                    null,
                    false,
                    false);
        }
    }
}
