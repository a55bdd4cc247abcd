package io.openuptimes.store.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this node holds. Any of them decrypts. The installation's active key encrypts, whichever one the node's
 * settings prefer, so that other nodes can read what this one writes. Without keys, secrets are stored as plain text.
 */
public final class KeyRing {

    private final Map<String, SecretKey> held;
    private volatile @Nullable SecretKey preferred;
    private volatile @Nullable SecretKey active;
    private volatile boolean locked;

    private KeyRing(@Nullable SecretKey preferred, List<SecretKey> others) {
        this.preferred = preferred;
        held = new LinkedHashMap<>();
        others.forEach(key -> held.put(key.id(), key));
        if (preferred != null) {
            held.put(preferred.id(), preferred);
        }
    }

    /** Holds no key. */
    public static KeyRing none() {
        return new KeyRing(null, List.of());
    }

    /**
     * @param preferred the key to use: from the start if the installation has none yet, otherwise after a rotation
     * @param others keys with which older values may be encrypted
     */
    public static KeyRing of(SecretKey preferred, List<SecretKey> others) {
        return new KeyRing(preferred, others);
    }

    /** Holds one key, the installation's. */
    public static KeyRing active(SecretKey key) {
        KeyRing ring = new KeyRing(key, List.of());
        ring.activate(key);
        return ring;
    }

    /** Null if secrets are not encrypted. */
    public @Nullable SecretKey preferred() {
        return preferred;
    }

    /** Adds a key and prefers it from now on. */
    synchronized void prefer(SecretKey key) {
        held.put(key.id(), key);
        preferred = key;
    }

    /** The key that the installation now encrypts with; null if it does not encrypt, or this is not known yet. */
    @Nullable
    SecretKey active() {
        return active;
    }

    void activate(@Nullable SecretKey key) {
        active = key;
        locked = false;
    }

    /** Keeps this node from writing secrets, because it does not hold the installation's key. */
    void lock() {
        locked = true;
    }

    boolean isLocked() {
        return locked;
    }

    synchronized @Nullable SecretKey find(String id) {
        return held.get(id);
    }

    public boolean holds(String id) {
        return find(id) != null;
    }

    public synchronized List<String> ids() {
        return List.copyOf(held.keySet());
    }
}
