package io.openuptimes.declare;

import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services file and the files it refers to. Blocks; for one thread at a time. */
final class ServicesFile {

    private static final String USUAL_FILE = "conf/services.yaml";

    private final Path path;
    private final boolean required;
    private final FileWatch watch;
    private final Variables variables;
    private final Clock clock;

    private ServicesFile(Path path, boolean required, Map<String, String> environment, Clock clock) {
        this.path = path;
        this.required = required;
        this.watch = new FileWatch(path);
        this.variables = new Variables(environment);
        this.clock = clock;
    }

    /**
     * @param environment variables that the file may reference
     * @param clock wall clock
     * @throws InvalidSettingsException if the settings name a file that does not exist
     */
    static ServicesFile of(Settings.Services settings, Map<String, String> environment, Clock clock)
            throws InvalidSettingsException {
        String named = settings.file();
        Path path = Path.of(named == null ? USUAL_FILE : named);
        if (named != null && !Files.isRegularFile(path)) {
            throw new InvalidSettingsException(List.of("services.file: file " + path + " does not exist"));
        }
        return new ServicesFile(path, named != null, environment, clock);
    }

    Path path() {
        return path;
    }

    /** Returns whether the settings name the file; otherwise it may be missing. */
    boolean isRequired() {
        return required;
    }

    /**
     * Returns the file's services or its problems; null if nothing has changed.
     *
     * @param expected whether a missing file is a problem
     */
    @Nullable
    DeclaredServices read(boolean expected) {
        try {
            if (variables.files().areChanged()) {
                watch.repeat();
            }
            byte[] content = watch.poll();
            boolean json = path.toString().toLowerCase(Locale.ROOT).endsWith(".json");
            return content == null ? null : DeclaredServices.read(content, json, variables, clock.millis());
        } catch (NoSuchFileException e) {
            return expected
                    ? DeclaredServices.bad(DeclaredProblem.ofFile(
                            "file", "does not exist any more; its last valid content stays in effect"))
                    : null;
        } catch (IOException e) {
            String reason = e.getClass() == IOException.class
                    ? e.getMessage()
                    : e.getClass().getSimpleName();
            return DeclaredServices.bad(DeclaredProblem.ofFile("file", "cannot be read: " + reason));
        }
    }

    /** Makes the next {@link #read} return the content even if it has not changed. */
    void repeat() {
        watch.repeat();
    }
}
