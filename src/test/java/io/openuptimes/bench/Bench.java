package io.openuptimes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Shared by the scenarios: the targets, the report, and the running service, which the next scenario reuses if it needs
 * the same services.
 */
final class Bench implements AutoCloseable {

    final boolean full;
    final Report report;
    final Targets targets;
    /** Cost of 1,000 checks by kind of target, for comparison. */
    final Map<String, Double> costs = new HashMap<>();

    private final Path dir = Files.createTempDirectory("benchmark");
    private int subjects;
    private Subject subject;
    private Path subjectDir;
    private Stock stock;
    /** Response times of checks on an idle service, for the subject's kind of target. */
    private ResponseTimes lone;

    Bench(boolean full, Report report) throws Exception {
        this.full = full;
        this.report = report;
        this.targets = new Targets(dir);
    }

    /** The size for the current form. */
    int size(int inShort, int inFull) {
        return full ? inFull : inShort;
    }

    /** A running service with these services scheduled. */
    Subject subject(Stock wanted) throws Exception {
        if (!wanted.equals(stock)) {
            end();
            subjectDir = Files.createDirectories(dir.resolve("subject-" + subjects++));
            subject = new Subject(subjectDir, settings(wanted));
            lone = ResponseTimes.alone(subject, wanted.sound(targets));
            Filling.fill(subject, wanted.count(), wanted.services(targets));
            stock = wanted;
        }
        return subject;
    }

    /** Restarts the service with its stored data. */
    Subject restarted() throws Exception {
        subject.close();
        subject = new Subject(subjectDir, settings(stock));
        return subject;
    }

    /** Response times of checks on an idle service. */
    ResponseTimes lone() {
        return lone;
    }

    private Map<String, String> settings(Stock wanted) {
        Map<String, String> settings = new HashMap<>();
        settings.put("OPENUPTIMES_CHECKS_CA_FILE", targets.authority().toString());
        settings.put("OPENUPTIMES_METRICS_SERVICES", "false"); // keeps the metrics read every minute small
        settings.putAll(wanted.settings());
        return settings;
    }

    /** A separate directory for other programs of a scenario. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(dir.resolve(name));
    }

    /** Stops the service if it is running. */
    void end() throws IOException {
        stock = null;
        if (subject != null) {
            subject.close();
            subject = null;
            delete(subjectDir);
        }
    }

    private static void delete(Path dir) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(dir)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        end();
        targets.close();
        delete(dir);
    }
}
