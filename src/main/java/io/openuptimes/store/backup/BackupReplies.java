package io.openuptimes.store.backup;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Extracts bytes from Redis answers. */
final class BackupReplies {

    static final byte[] NONE = {};

    private BackupReplies() {}

    static byte[] bytes(@Nullable Response answer) {
        byte[] bytes = answer == null ? null : answer.toBytes();
        return bytes == null ? NONE : bytes;
    }

    /**
     * The elements of a list, or alternating fields and values; the newer Redis protocol returns the latter as a map.
     */
    static List<byte[]> list(@Nullable Response answer) {
        List<byte[]> list = new ArrayList<>();
        if (answer != null && answer.isMap()) {
            for (String field : answer.getKeys()) {
                list.add(Item.bytes(field));
                list.add(bytes(answer.get(field)));
            }
        } else if (answer != null) {
            answer.forEach(one -> list.add(bytes(one)));
        }
        return list;
    }
}
