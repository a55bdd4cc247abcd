package io.openuptimes.model;

import io.openuptimes.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entity tag of a service: a hash of its stored content, including unknown members, in the order of the names, so
 * that versions that know different fields compute the same tag.
 */
public final class ServiceTag {

    private static final int BYTES = 12;

    private ServiceTag() {}

    /** Quoted, as in the header {@code ETag}. */
    public static String of(Service service) {
        MessageDigest digest = Sha256.digest();
        new TreeMap<>(ServiceFields.toStored(service)).forEach((field, value) -> {
            add(digest, field);
            if (value instanceof Map<?, ?> map) {
                add(digest, Integer.toString(map.size()));
                map.forEach((key, text) -> {
                    add(digest, String.valueOf(key));
                    add(digest, String.valueOf(text));
                });
            } else {
                add(digest, value == null ? "0" : "1" + value);
            }
        });
        return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES)) + '"';
    }

    private static void add(MessageDigest digest, String text) {
        Sha256.add(digest, text.getBytes(StandardCharsets.UTF_8));
    }
}
