package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import io.openuptimes.store.embedded.ServerProgram.Origin;
import io.openuptimes.store.embedded.ServerVersion.Product;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The bundled Redis servers, one per platform, as class path resources. */
final class BundledServer {

    private static final ServerVersion UNIX = new ServerVersion(Product.REDIS, 7, 0, 15);
    private static final ServerVersion WINDOWS = new ServerVersion(Product.REDIS, 5, 0, 14);

    private BundledServer() {}

    /**
     * The server for this platform.
     *
     * @param bin where it will be {@linkplain #unpack unpacked}
     */
    static Optional<ServerProgram> forThisPlatform(Path bin) {
        return resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""))
                .map(name ->
                        new ServerProgram(bin.resolve(name), name.endsWith(".exe") ? WINDOWS : UNIX, Origin.BUNDLED));
    }

    /** The resource for a platform, given as in {@code os.name} and {@code os.arch}; empty if there is none. */
    static Optional<String> resource(String os, String architecture) {
        String name = os.toLowerCase(Locale.ROOT);
        String machine =
                switch (architecture.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64", "x64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "x86", "i386", "i686" -> "386";
                    default -> "";
                };
        if (name.startsWith("windows")) {
            return machine.equals("amd64") ? Optional.of("redis-server-5.0.14.1-windows-amd64.exe") : Optional.empty();
        }
        String platform = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : "";
        boolean exists =
                !platform.isEmpty() && !machine.isEmpty() && !(platform.equals("darwin") && machine.equals("386"));
        return exists ? Optional.of("redis-server-7.0.15-" + platform + "-" + machine) : Optional.empty();
    }

    /**
     * Unpacks the program and removes earlier versions.
     *
     * @throws IOException if it cannot be written, or cannot be executed there
     */
    static void unpack(ServerProgram program) throws IOException {
        Path executable = program.executable();
        Path bin = PrivateFiles.createDirectories(executable.resolveSibling(""));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(bin, "redis-server-*")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        try (InputStream content = BundledServer.class.getResourceAsStream("/" + executable.getFileName())) {
            if (content == null) {
                throw new FileNotFoundException("The bundled " + program.version() + " is missing from the class path");
            }
            PrivateFiles.create(executable);
            try (var out = Files.newOutputStream(executable)) {
                content.transferTo(out);
            }
        }
        PrivateFiles.makeExecutable(executable);
        if (!Files.isExecutable(executable)) { // despite its permissions, on file systems mounted with noexec
            throw new IOException("The data directory " + bin.getParent()
                    + " is on a file system mounted noexec, so the bundled Redis cannot run from it."
                    + " Set OPENUPTIMES_DATA_DIR to a directory on another file system. " + InstallHint.text());
        }
    }
}
