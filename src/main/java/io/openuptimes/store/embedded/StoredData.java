package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server version that the files in the data directory require; no older server may open them. It would refuse them
 * or, worse, start with empty data, as Redis 6.2 does with the files of 7.0.
 *
 * @param writer the server last started on them; empty if none is recorded
 * @param rdbVersion the newest RDB version in the files; 0 if there is none
 * @param multiPart whether the append-only file is a directory of several files, as since Redis 7.0
 */
record StoredData(Optional<ServerVersion> writer, int rdbVersion, boolean multiPart) {

    private static final Pattern RDB = Pattern.compile("REDIS(\\d{4})|VALKEY(\\d{3})");
    private static final String RECORD = "redis.version";

    /**
     * Inspects the files.
     *
     * @throws IOException if one of them cannot be read
     */
    static StoredData in(Path dir) throws IOException {
        Path record = dir.resolve(RECORD);
        Optional<ServerVersion> writer =
                Files.exists(record) ? ServerVersion.parse(Files.readString(record)) : Optional.empty();
        Path parts = dir.resolve("appendonlydir");
        int rdbVersion = rdbVersion(dir.resolve("appendonly.aof"));
        if (!Files.isDirectory(parts)) {
            return new StoredData(writer, rdbVersion, false);
        }
        try (DirectoryStream<Path> bases = Files.newDirectoryStream(parts, "*.base.*")) {
            for (Path base : bases) {
                rdbVersion = Math.max(rdbVersion, rdbVersion(base));
            }
        }
        return new StoredData(writer, rdbVersion, true);
    }

    /** The RDB version in the file's first bytes; 0 if it does not begin with an RDB or does not exist. */
    private static int rdbVersion(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (InputStream content = Files.newInputStream(file)) {
            Matcher header = RDB.matcher(new String(content.readNBytes(9), StandardCharsets.ISO_8859_1));
            if (!header.matches()) {
                return 0;
            }
            return Integer.parseInt(header.group(1) != null ? header.group(1) : header.group(2));
        }
    }

    /** Records the server that is about to be started on the files, for the next start. */
    static void record(Path dir, ServerVersion server) throws IOException {
        PrivateFiles.write(dir.resolve(RECORD), server + "\n");
    }

    /** Whether a server is new enough for the files. */
    boolean isReadableBy(ServerVersion server) {
        return (!multiPart || server.hasMultiPartFiles())
                && server.readsRdb(rdbVersion)
                && writer.map(last -> isNotOlder(server, last)).orElse(true);
    }

    private static boolean isNotOlder(ServerVersion server, ServerVersion last) {
        return server.product() == last.product()
                ? server.isAtLeast(last.major(), last.minor(), 0)
                : server.readsRdb(last.rdbVersion());
    }

    /** The origin of the files, for a message. */
    String origin() {
        return writer.map(ServerVersion::toString)
                .orElse(rdbVersion > 0 ? "a server of RDB version " + rdbVersion : "Redis 7.0 or newer");
    }
}
