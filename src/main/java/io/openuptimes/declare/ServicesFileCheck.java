package io.openuptimes.declare;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a start would find in the services file.
 *
 * @param file null if there is none, and none is required
 * @param services how many it declares; 0 if there are problems
 * @param problems one line each, beginning with the file: the first of them
 * @param problemCount how many there are
 */
public record ServicesFileCheck(@Nullable String file, int services, List<String> problems, int problemCount) {

    public ServicesFileCheck {
        problems = List.copyOf(problems);
    }

    /**
     * Reads the file and those that it refers to, and changes nothing. Blocks.
     *
     * @param environment for the variables that the file names
     * @throws InvalidSettingsException if the settings name a file that does not exist
     */
    public static ServicesFileCheck of(Settings.Services settings, Map<String, String> environment, Clock clock)
            throws InvalidSettingsException {
        ServicesFile file = ServicesFile.of(settings, environment, clock);
        DeclaredServices found = file.read(file.isRequired());
        return found == null
                ? new ServicesFileCheck(null, 0, List.of(), 0)
                : new ServicesFileCheck(
                        file.path().toString(),
                        found.services().size(),
                        found.problems().stream()
                                .map(problem -> file.path() + ": " + problem)
                                .toList(),
                        found.problemCount());
    }
}
