package io.openuptimes.declare;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of validating the services file as a start would.
 *
 * @param file null if there is none and none is required
 * @param services number of declared services; 0 if there are problems
 * @param problems the first problems, one line each, starting with the file
 * @param problemCount total number of problems
 */
public record ServicesFileCheck(@Nullable String file, int services, List<String> problems, int problemCount) {

    public ServicesFileCheck {
        problems = List.copyOf(problems);
    }

    /**
     * Reads the file and those it refers to; changes nothing. Blocks.
     *
     * @param environment variables that the file may reference
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
