package io.openuptimes.check.net.lookup;

import java.io.File;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The system's name resolution files.
 *
 * @param hosts names with their addresses; may be missing
 * @param resolvConf name servers and search list; may be missing
 * @param port of the name servers listed in {@code resolvConf}
 */
public record NameFiles(Path hosts, Path resolvConf, int port) {

    static final boolean WINDOWS = File.separatorChar == '\\';

    private static final int DNS_PORT = 53;

    /** The files of this machine. */
    public static NameFiles system() {
        Path hosts = WINDOWS
                ? Path.of(
                        Objects.requireNonNullElse(System.getenv("SystemRoot"), "C:\\Windows"),
                        "system32",
                        "drivers",
                        "etc",
                        "hosts")
                : Path.of("/etc/hosts");
        return new NameFiles(hosts, Path.of("/etc/resolv.conf"), DNS_PORT);
    }
}
