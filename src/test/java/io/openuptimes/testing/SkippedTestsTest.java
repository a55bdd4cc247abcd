package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {

    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    private Path reports;

    private void report(String name, Instant written, String... cases) throws IOException {
        Path file = reports.resolve(name);
        Files.writeString(
                file, "<?xml version='1.0' encoding='UTF-8'?><testsuite>" + String.join("", cases) + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private static String skipped(String testClass, String message) {
        return "<testcase name='a' classname='" + testClass + "'><skipped message='" + message + "'/></testcase>";
    }

    private static String aborted(String testClass, String message) {
        String type = "org.opentest4j.TestAbortedException";
        return "<testcase name='a' classname='" + testClass + "'><skipped type='" + type + "'><![CDATA[" + type + ": "
                + message + "\n\tat a line]]></skipped></testcase>";
    }

    private static String passed(String testClass) {
        return "<testcase name='b' classname='" + testClass + "'/>";
    }

    @Test
    void aLinePerReasonNamesTheClassesAndCountsTheTests() throws IOException {
        report(
                "TEST-a.ClusterTest.xml",
                START,
                skipped("a.ClusterTest", "no redis-server on the PATH"),
                aborted("a.ClusterTest", "Assumption failed: no redis-server on the PATH"),
                passed("a.ClusterTest"));
        report(
                "TEST-a.SentinelTest.xml",
                START.plusSeconds(9),
                skipped("a.SentinelTest", "no redis-server on the PATH"));
        report(
                "TEST-b.StatusTest-container.xml",
                START,
                skipped("b.StatusTest(container)", "no Docker engine answers&#10;at line 1"));

        assertThat(SkippedTests.lines(reports, START))
                .containsExactly(
                        "Skipped: 4 tests",
                        "  no Docker engine answers: 1 test (StatusTest)",
                        "  no redis-server on the PATH: 3 tests (ClusterTest, SentinelTest)");
    }

    @Test
    void aTestSkippedWithoutAReasonIsListedToo() throws IOException {
        report("TEST-a.ATest.xml", START, "<testcase name='a' classname='a.ATest'><skipped/></testcase>");

        assertThat(SkippedTests.lines(reports, START))
                .containsExactly("Skipped: 1 test", "  no reason given: 1 test (ATest)");
    }

    @Test
    void itSaysSoWhenAllTestsRan() throws IOException {
        report("TEST-a.ATest.xml", START, passed("a.ATest"));

        assertThat(SkippedTests.lines(reports, START)).containsExactly("Skipped: no test");
    }

    @Test
    void reportsOfEarlierBuildsAndOtherFilesDoNotCount() throws IOException {
        report("TEST-a.ATest.xml", START.minusMillis(1), skipped("a.ATest", "earlier"));
        report("failsafe-summary.xml", START, skipped("a.ATest", "not a report"));

        assertThat(SkippedTests.lines(reports, START)).isEmpty();
        assertThat(SkippedTests.lines(reports.resolve("missing"), START)).isEmpty();
    }
}
