package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The configuration file of the embedded Redis. */
final class ServerConfiguration {

    static final String FILE = "redis.conf";

    private ServerConfiguration() {}

    /**
     * Writes it into the data directory.
     *
     * @param maxMemory bytes, 0 for no limit
     */
    static Path write(
            DataDirectory directory, ServerVersion server, ServerAddress address, String password, long maxMemory)
            throws IOException {
        Path file = directory.path().resolve(FILE);
        List<String> lines = new ArrayList<>(address.configuration());
        lines.addAll(List.of(
                "requirepass " + password,
                "dir " + quoted(directory.path()),
                "pidfile " + quoted(directory.pidFile()),
                "appendonly yes",
                "appendfsync everysec",
                "save \"\"",
                "auto-aof-rewrite-min-size 256mb",
                "hash-max-ziplist-value 40",
                "maxmemory " + maxMemory,
                "maxmemory-policy noeviction"));
        if (server.isAtLeast(6, 2, 0)) {
            lines.add("set-proc-title no"); // a later start knows the process by its arguments
        }
        if (!address.isUnix()) {
            lines.addAll(boundsOnStrangers(server));
        }
        PrivateFiles.write(file, String.join("\n", lines) + "\n");
        return file;
    }

    /**
     * Bounds what connections without the password can cost, which any user of the machine can open on a port. The
     * fixes for such are in the server only if the distribution has made them.
     */
    private static List<String> boundsOnStrangers(ServerVersion server) {
        List<String> lines = new ArrayList<>(List.of(
                "maxclients 128",
                "timeout 300",
                "proto-max-bulk-len 64mb",
                "client-query-buffer-limit 128mb",
                "client-output-buffer-limit normal 256mb 64mb 30"));
        if (server.isAtLeast(7, 0, 0)) {
            lines.add("maxmemory-clients 512mb");
        }
        return lines;
    }

    static String quoted(Path path) {
        return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
