package io.openuptimes.store.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source of this node's keys: its settings or, with the embedded Redis, a file in the data directory. */
public final class NodeKeys {

    private static final Logger log = LoggerFactory.getLogger(NodeKeys.class);

    private final KeyRing ring;
    private final @Nullable KeyFile made;

    private NodeKeys(KeyRing ring, @Nullable KeyFile made) {
        this.ring = ring;
        this.made = made;
    }

    /** No key: secrets are stored as plain text. */
    public static NodeKeys none() {
        return new NodeKeys(KeyRing.none(), null);
    }

    /**
     * Reads the keys, and creates one if there is none and this is possible. Blocks.
     *
     * @param key from the settings, null for none
     * @param previous older keys
     * @param dataDir of the embedded Redis; null with another one
     * @throws IOException if the file in the data directory cannot be read or written
     */
    public static NodeKeys of(@Nullable String key, List<String> previous, @Nullable Path dataDir) throws IOException {
        List<SecretKey> others =
                new ArrayList<>(previous.stream().map(SecretKey::parse).toList());
        if (dataDir != null) {
            KeyFile file = new KeyFile(dataDir);
            List<SecretKey> known = file.read();
            others.addAll(known);
            if (key == null) {
                return new NodeKeys(KeyRing.of(known.isEmpty() ? file.add() : known.get(0), others), file);
            }
        }
        if (key == null) {
            log.warn("secrets of services are stored in Redis unencrypted. To encrypt them, set secrets.key"
                    + " (OPENUPTIMES_SECRET_KEY) to the same value on every node");
            return new NodeKeys(KeyRing.none(), null);
        }
        return new NodeKeys(KeyRing.of(SecretKey.parse(key), others), null);
    }

    public KeyRing ring() {
        return ring;
    }

    /**
     * The key for a rotation: the one from the settings, or a new one in the data directory. Blocks.
     *
     * @return null if there is none
     */
    public @Nullable SecretKey next() throws IOException {
        if (made != null) {
            ring.prefer(made.add());
        }
        return ring.preferred();
    }
}
