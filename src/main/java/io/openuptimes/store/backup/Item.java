package io.openuptimes.store.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of a backup file.
 *
 * @param parts see {@link Kind}
 */
record Item(Kind kind, List<byte[]> parts) {

    static Item of(Kind kind, byte[]... parts) {
        return new Item(kind, List.of(parts));
    }

    static Item of(Kind kind, String first, List<byte[]> rest) {
        List<byte[]> parts = new ArrayList<>(1 + rest.size());
        parts.add(bytes(first));
        parts.addAll(rest);
        return new Item(kind, parts);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] part(int index) {
        return parts.get(index);
    }

    String text(int index) {
        return new String(parts.get(index), StandardCharsets.UTF_8);
    }

    /** The parts from an index on. */
    List<byte[]> from(int index) {
        return parts.subList(index, parts.size());
    }

    /** Total size of the parts in bytes. */
    long size() {
        long size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        return size;
    }
}
