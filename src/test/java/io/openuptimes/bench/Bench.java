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
 * What the scenarios share: the targets, the report, and one service at a time, kept for the next scenario if that
 * wants the same services.
 */
final class Bench implements AutoCloseable {

    final boolean full;
    final Report report;
    final Targets targets;
    /** What 1,000 checks cost, by the kind of their targets, for those who compare. */
    final Map<String, Double> costs = new HashMap<>();

    private final Path dir = Files.createTempDirectory("benchmark");
    private int subjects;
    private Subject subject;
    private Path subjectDir;
    private Stock stock;
    /** What a check takes where nothing else goes on, for the subject's kind of targets. */
    private ResponseTimes lone;

    Bench(boolean full, Report report) throws Exception {
        this.full = full;
        this.report = report;
        this.targets = new Targets(dir);
    }

    /** The one size or the other. */
    int size(int inShort, int inFull) {
        return full ? inFull : inShort;
    }

    /** A service with these services in its schedule. */
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

    /** Ends the service and starts it again with what it has stored. */
    Subject restarted() throws Exception {
        subject.close();
        subject = new Subject(subjectDir, settings(stock));
        return subject;
    }

    /** What a check takes where nothing else goes on. */
    ResponseTimes lone() {
        return lone;
    }

    private Map<String, String> settings(Stock wanted) {
        Map<String, String> settings = new HashMap<>();
        settings.put("OPENUPTIMES_CHECKS_CA_FILE", targets.authority().toString());
        settings.put("OPENUPTIMES_METRICS_SERVICES", "false"); // what is read here every minute would be large
        settings.putAll(wanted.settings());
        return settings;
    }

    /** A directory of its own for whatever a scenario starts besides. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(dir.resolve(name));
    }

    /** Ends the service, if there is one. */
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
