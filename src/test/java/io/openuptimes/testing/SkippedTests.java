package io.openuptimes.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Lists the tests skipped by a build stage, by reason. Maven runs it after each stage. */
public final class SkippedTests {

    private static final String ASSUMPTION = "Assumption failed: ";

    private SkippedTests() {}

    private record Skipped(String testClass, String reason) {}

    /**
     * Prints the list, or nothing if no test ran.
     *
     * @param arguments a directory of Surefire or Failsafe XML reports, and the start of the build in ISO 8601: older
     *     reports belong to earlier builds
     */
    public static void main(String[] arguments) throws IOException {
        lines(Path.of(arguments[0]), Instant.parse(arguments[1])).forEach(System.out::println);
    }

    /** One line per reason, sorted by reason. */
    static List<String> lines(Path reports, Instant since) throws IOException {
        List<Path> files = reports(reports, since);
        if (files.isEmpty()) {
            return List.of();
        }
        List<Skipped> skipped = new ArrayList<>();
        for (Path file : files) {
            skipped.addAll(skipped(file));
        }
        Map<String, Map<String, Long>> byReason = skipped.stream()
                .collect(Collectors.groupingBy(
                        Skipped::reason,
                        TreeMap::new,
                        Collectors.groupingBy(Skipped::testClass, TreeMap::new, Collectors.counting())));
        List<String> lines = new ArrayList<>();
        lines.add(skipped.isEmpty() ? "Skipped: no test" : "Skipped: " + count(skipped.size()));
        byReason.forEach((reason, classes) -> lines.add("  " + reason + ": "
                + count(classes.values().stream().mapToLong(n -> n).sum()) + " ("
                + String.join(", ", classes.keySet()) + ")"));
        return lines;
    }

    private static String count(long tests) {
        return tests == 1 ? "1 test" : tests + " tests";
    }

    private static List<Path> reports(Path directory, Instant since) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        List<Path> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().matches("TEST-.*\\.xml")
                        && !Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    reports.add(file);
                }
            }
        }
        return reports;
    }

    private static List<Skipped> skipped(Path report) throws IOException {
        List<Skipped> skipped = new ArrayList<>();
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            String testClass = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("testcase")) {
                    testClass = simpleName(xml.getAttributeValue(null, "classname"));
                } else if (xml.getLocalName().equals("skipped")) {
                    skipped.add(new Skipped(testClass, reason(xml)));
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(report.toString(), e);
        }
        return skipped;
    }

    /** Without package and stage suffix, which follows in parentheses. */
    private static String simpleName(String testClass) {
        String name = testClass.replaceFirst("\\(.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A disabled test has a message; an aborted one has a stack trace that starts with its type and message. */
    private static String reason(XMLStreamReader skipped) throws XMLStreamException {
        String message = skipped.getAttributeValue(null, "message");
        String type = skipped.getAttributeValue(null, "type");
        String text = message != null ? message : skipped.getElementText();
        String line = text.lines().findFirst().orElse("");
        for (String prefix : List.of(type + ": ", ASSUMPTION)) {
            line = line.startsWith(prefix) ? line.substring(prefix.length()) : line;
        }
        return line.isBlank() ? "no reason given" : line;
    }
}
