package io.openuptimes.store.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this node holds. Any of them decrypts; the installation's active one encrypts, whichever the node's own
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
     * @param preferred that the installation is to use, from the start if it has none yet, else by a rotation
     * @param others that older values may be encrypted with
     */
    public static KeyRing of(SecretKey preferred, List<SecretKey> others) {
        return new KeyRing(preferred, others);
    }

    /** Holds one key, which is the installation's. */
    public static KeyRing active(SecretKey key) {
        KeyRing ring = new KeyRing(key, List.of());
        ring.activate(key);
        return ring;
    }

    /** Null where secrets are not encrypted. */
    public @Nullable SecretKey preferred() {
        return preferred;
    }

    /** Adds a key, which is the preferred one from now on. */
    synchronized void prefer(SecretKey key) {
        held.put(key.id(), key);
        preferred = key;
    }

    /** That the installation encrypts with now; null where it does not, or where that is not known yet. */
    @Nullable
    SecretKey active() {
        return active;
    }

    void activate(@Nullable SecretKey key) {
        active = key;
        locked = false;
    }

    /** The installation has a key now that this node does not hold: it must not write secrets. */
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

    /** Their ids. */
    public synchronized List<String> ids() {
        return List.copyOf(held.keySet());
    }
}
