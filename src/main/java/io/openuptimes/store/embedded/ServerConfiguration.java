package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration file of the embedded Redis. */
final class ServerConfiguration {

    static final String FILE = "redis.conf";

    private ServerConfiguration() {}

    /**
     * Writes the file into the data directory.
     *
     * @param maxMemory bytes, 0 for no limit
     */
    static Path write(
            DataDirectory directory, ServerVersion server, EmbeddedAddress address, String password, long maxMemory)
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
            lines.add("set-proc-title no"); // a later start recognizes the process by its arguments
        }
        if (!address.isUnix()) {
            lines.addAll(boundsOnStrangers(server));
        }
        PrivateFiles.write(file, String.join("\n", lines) + "\n");
        return file;
    }

    /**
     * Limits the cost of unauthenticated connections, which any user of the machine can open on a port. The server
     * contains the fixes for such attacks only if the distribution has backported them.
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

    /**
     * The URL, with password, of a data directory's server, from the file that {@link #write} left there.
     *
     * @throws IOException if the file exists and cannot be read
     */
    static Optional<String> url(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                values.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        String socket = values.get("unixsocket");
        String password = values.getOrDefault("requirepass", "");
        EmbeddedAddress address = socket == null
                ? EmbeddedAddress.onPort(Integer.parseInt(values.getOrDefault("port", "0")))
                : EmbeddedAddress.at(Path.of(unquoted(socket)));
        return Optional.of(address.url(password));
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    static String quoted(Path path) {
        return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
