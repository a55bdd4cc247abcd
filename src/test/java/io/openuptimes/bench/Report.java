package io.openuptimes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results, printed as they arrive and written as Markdown at the end. */
final class Report {

    private final List<Row> rows = new ArrayList<>();
    private final String title;
    private final Instant begun = Instant.now();

    Report(String title) {
        this.title = title;
    }

    void add(Row row) {
        rows.add(row);
        System.out.printf("  %-44s %-28s %s  [%s]%n", row.what(), row.target(), row.measured(), row.verdict());
    }

    /** Prints a progress message. */
    static void progress(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, "... " + format + "%n", arguments);
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# " + title);
        lines.add("");
        lines.add(machine());
        lines.add("");
        lines.add("| what | target | measured | verdict |");
        lines.add("| --- | --- | --- | --- |");
        rows.forEach(row -> lines.add(row.markdown()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
        System.out.println();
        lines.forEach(System.out::println);
        System.out.println("written to " + file);
    }

    private String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return String.format(
                Locale.ROOT,
                "%s, %d processors (%s), %s %s, Java %s. It took %d minutes.",
                begun.truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                model,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                ChronoUnit.MINUTES.between(begun, Instant.now()));
    }
}
