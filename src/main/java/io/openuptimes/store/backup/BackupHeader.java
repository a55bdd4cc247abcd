package io.openuptimes.store.backup;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * The first lines of a backup file, readable text.
 *
 * @param format of the file
 * @param version of the program that wrote it
 * @param createdAt when it was begun, epoch milliseconds
 */
record BackupHeader(int format, String version, long createdAt) {

    /** The format that this version writes; it reads all up to it. */
    static final int FORMAT = 1;

    static final byte[] MAGIC = "OpenUptimes backup\n".getBytes(StandardCharsets.US_ASCII);

    /** The line that follows {@link #MAGIC}, its end included, has no more bytes. */
    static final int MAX_LINE = 4_096;

    byte[] encode() {
        return (new JsonObject()
                                .put("format", format)
                                .put("version", version)
                                .put("createdAt", createdAt)
                                .encode()
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws RuntimeException if it is not the line of a header
     */
    static BackupHeader decode(String line) {
        JsonObject json = new JsonObject(line);
        int format = json.getInteger("format");
        if (format < 1) {
            throw new IllegalArgumentException("there is no format " + format);
        }
        return new BackupHeader(format, json.getString("version", "unknown"), json.getLong("createdAt", 0L));
    }
}
