package io.openuptimes.store.backup;

import io.openuptimes.store.format.Formats;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * The first lines of a backup file, in readable text.
 *
 * @param format of the file
 * @param data format of the data, see {@link io.openuptimes.store.format.Formats}
 * @param version of the program that wrote it
 * @param createdAt when the backup was started, epoch milliseconds
 */
record BackupHeader(int format, int data, String version, long createdAt) {

    /** The format that this version writes; it can read all formats up to this one. The first had no state logs. */
    static final int FORMAT = 2;

    static final byte[] MAGIC = "OpenUptimes backup\n".getBytes(StandardCharsets.US_ASCII);

    /** Maximum length in bytes of the line after {@link #MAGIC}, including its line end. */
    static final int MAX_LINE = 4_096;

    byte[] encode() {
        return (new JsonObject()
                                .put("format", format)
                                .put("data", data)
                                .put("version", version)
                                .put("createdAt", createdAt)
                                .encode()
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws RuntimeException if the line is not a header
     */
    static BackupHeader decode(String line) {
        JsonObject json = new JsonObject(line);
        int format = json.getInteger("format");
        if (format < 1) {
            throw new IllegalArgumentException("there is no format " + format);
        }
        return new BackupHeader(
                format,
                json.getInteger("data", Formats.UNNUMBERED),
                json.getString("version", "unknown"),
                json.getLong("createdAt", 0L));
    }
}
