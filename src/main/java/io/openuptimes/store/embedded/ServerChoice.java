package io.openuptimes.store.embedded;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.store.embedded.ServerProgram.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the server to start. An installed server is preferred, because the distribution provides security fixes for
 * it, unlike for the bundled one. A server older than the one that wrote the data is never started.
 */
final class ServerChoice {

    private static final Logger log = LoggerFactory.getLogger(ServerChoice.class);

    /** Values of {@code redis.server} that are not paths. */
    static final String AUTO = "auto";

    static final String BUNDLED = "bundled";

    private final Supplier<List<ServerProgram>> installed;
    private final Optional<ServerProgram> bundled;

    /**
     * @param installed finds the servers on the system, preferred ones first; called only if needed
     * @param bundled empty if none is bundled for the platform
     */
    ServerChoice(Supplier<List<ServerProgram>> installed, Optional<ServerProgram> bundled) {
        this.installed = installed;
        this.bundled = bundled;
    }

    /**
     * @param setting {@value #AUTO}, {@value #BUNDLED} or the path of a program
     * @throws IOException if no server can open the data; the message says what to install
     * @throws InvalidSettingsException if the setting names a server that does not exist or is too old for this service
     */
    ServerProgram choose(String setting, StoredData data) throws IOException, InvalidSettingsException {
        return switch (setting) {
            case AUTO -> automatic(data);
            case BUNDLED ->
                readable(
                        bundled.orElseThrow(
                                () -> invalid("no Redis is bundled for this platform. " + InstallHint.text())),
                        data);
            default -> readable(named(Path.of(setting)), data);
        };
    }

    private ServerProgram automatic(StoredData data) throws IOException {
        List<ServerProgram> candidates = new ArrayList<>();
        for (ServerProgram program : installed.get()) {
            if (program.version().isMaintained()) {
                candidates.add(program);
            } else {
                log.info("{} is too old and not used", program);
            }
        }
        candidates.sort(Comparator.comparing(program -> !isOfTheSameProduct(program, data)));
        bundled.ifPresent(candidates::add);
        for (ServerProgram candidate : candidates) {
            if (data.isReadableBy(candidate.version())) {
                return candidate;
            }
        }
        if (candidates.isEmpty()) {
            throw new IOException(
                    "No redis-server (7.0.15 or newer) or valkey-server (7.2 or newer) was found, and none"
                            + " is bundled for this platform. " + InstallHint.text());
        }
        throw new IOException(
                tooOld(data, candidates.stream().map(ServerProgram::toString).collect(Collectors.joining(" and "))));
    }

    /** Prefers the product that wrote the data: switching to another may be irreversible. */
    private static boolean isOfTheSameProduct(ServerProgram program, StoredData data) {
        return data.writer()
                .filter(writer -> writer.product() == program.version().product())
                .isPresent();
    }

    private static ServerProgram named(Path executable) throws InvalidSettingsException {
        ServerVersion version = InstalledServers.version(executable)
                .orElseThrow(() -> invalid(executable + " cannot be run, or is neither a Redis nor a Valkey server"));
        if (!version.isAtLeast(6, 2, 0)) {
            throw invalid(executable + " is " + version + "; 6.2 or newer is needed");
        }
        return new ServerProgram(executable, version, Origin.NAMED);
    }

    private static InvalidSettingsException invalid(String problem) {
        return new InvalidSettingsException(List.of("redis.server: " + problem));
    }

    private static ServerProgram readable(ServerProgram program, StoredData data) throws IOException {
        if (!data.isReadableBy(program.version())) {
            throw new IOException("redis.server: " + tooOld(data, program.toString()));
        }
        return program;
    }

    private static String tooOld(StoredData data, String servers) {
        return "The data was written by " + data.origin() + ", and an older server must not open it; there is only "
                + servers + ". Install " + data.origin() + " or newer, or set redis.server to the path of one.";
    }
}
