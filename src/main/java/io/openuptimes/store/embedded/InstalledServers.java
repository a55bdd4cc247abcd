package io.openuptimes.store.embedded;

import io.openuptimes.store.embedded.ServerProgram.Origin;
import io.openuptimes.store.embedded.ServerVersion.Product;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds {@code valkey-server} and {@code redis-server} on this system and asks them for their version. */
final class InstalledServers {

    private static final Logger log = LoggerFactory.getLogger(InstalledServers.class);

    /** Searched after {@code PATH}, which a service manager may shorten. */
    private static final List<String> USUAL = List.of("/usr/bin", "/usr/local/bin", "/usr/sbin", "/opt/homebrew/bin");

    private static final long TIMEOUT_S = 5;
    /** Far more than a version takes. */
    private static final int MAX_OUTPUT_BYTES = 4_096;

    private InstalledServers() {}

    /** Servers in {@code PATH} and the usual directories, Valkey first. */
    static List<ServerProgram> find() {
        String path = System.getenv("PATH");
        Stream<String> listed = path == null ? Stream.of() : Stream.of(path.split(File.pathSeparator, -1));
        return find(Stream.concat(listed, USUAL.stream())
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .toList());
    }

    static List<ServerProgram> find(List<Path> directories) {
        Set<Path> executables = new LinkedHashSet<>();
        for (Product product : List.of(Product.VALKEY, Product.REDIS)) {
            for (Path directory : directories) {
                Path executable = directory.resolve(product.program);
                if (Files.isRegularFile(executable) && Files.isExecutable(executable)) {
                    executables.add(executable);
                }
            }
        }
        Set<Path> real = new HashSet<>(); // /bin may be a link to /usr/bin
        List<ServerProgram> found = new ArrayList<>();
        for (Path executable : executables) {
            if (!real.add(realPath(executable))) {
                continue;
            }
            version(executable)
                    .ifPresent(version -> found.add(new ServerProgram(executable, version, Origin.INSTALLED)));
        }
        return found;
    }

    private static Path realPath(Path executable) {
        try {
            return executable.toRealPath();
        } catch (IOException e) {
            return executable;
        }
    }

    /** The version that the program prints; empty if it cannot be run or is a different program. */
    static Optional<ServerVersion> version(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            // only if it hangs: destroying a process that has ended would close its output before it is read
            var unused = process.onExit()
                    .orTimeout(TIMEOUT_S, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            try (var output = process.getInputStream()) {
                return ServerVersion.parse(new String(output.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            log.debug("{} cannot be run", executable, e);
            return Optional.empty();
        }
    }
}
