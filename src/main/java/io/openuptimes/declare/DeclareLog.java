package io.openuptimes.declare;

import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.model.LoggedService;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log messages about the services file, possibly the only feedback that its author sees. */
final class DeclareLog {

    private static final Logger log = LoggerFactory.getLogger(DeclareLog.class);

    private static final int MAX_LINES = 100;
    private static final int MAX_NAMES = 20;

    private DeclareLog() {}

    static void refused(Path file, List<DeclaredProblem> problems, int total) {
        int lines = Math.min(MAX_LINES, problems.size());
        problems.subList(0, lines).forEach(problem -> log.error("{}: {}", file, problem));
        if (total > lines) {
            log.error("{}: {} more problems", file, total - lines);
        }
        log.error("{} was not applied: no service has changed. Correct the file", file);
    }

    static void done(Path file, int services, BulkDone done) {
        log.info(
                "{} declares {} services: {} new, {} changed, {} deleted",
                file,
                services,
                done.created(),
                done.changed(),
                done.deleted());
        List<String> takenOver = done.changedNames().stream()
                .filter(changed -> changed.fields().contains("declared"))
                .map(changed -> new LoggedService(changed.name(), changed.id()).toString())
                .toList();
        if (!takenOver.isEmpty()) {
            log.info(
                    "{} now declares services that were created by the API, and only the file can change them: {}{}",
                    file,
                    String.join(", ", takenOver.subList(0, Math.min(MAX_NAMES, takenOver.size()))),
                    takenOver.size() > MAX_NAMES ? " and more" : "");
        }
    }
}
