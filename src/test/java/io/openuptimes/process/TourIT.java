package io.openuptimes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.testing.CurlProgram;
import io.openuptimes.testing.MarkdownPage;
import io.openuptimes.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tours in README.md and docs/api.md can be pasted into bash block by block, and all listed metrics exist. */
class TourIT {

    private static final int SCRIPT_TIMEOUT_S = 300;

    private static final Pattern METRIC = Pattern.compile("openuptimes_[a-z_]+");

    /**
     * Aborts the script at the first failure. A request fails on an HTTP error or after 40 s; one ended by its own
     * {@code --max-time} succeeds.
     */
    private static final String PRELUDE = """
            set -euo pipefail
            curl() {
              local code=0
              command curl -q --silent --show-error --fail-with-body --max-time 40 "$@" || code=$?
              if [[ $code == 28 && " $* " == *" --max-time "* ]]; then return 0; fi
              return $code
            }
            """;

    @TempDir
    private static Path dir;

    private static ServiceProcess service;

    @BeforeAll
    static void startService() throws Exception {
        service = ServiceProcess.start(dir, Map.of()).ready();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void every_block_of_the_tours_succeeds_and_ends_by_itself() throws Exception {
        assumeTrue(CurlProgram.isThere(), "no curl");
        List<String> blocks = Stream.of(
                        MarkdownPage.read(Path.of("README.md"))
                                .section("Ten-line tour")
                                .blocks("sh"),
                        MarkdownPage.read(Path.of("docs/api.md")).blocks("sh"))
                .flatMap(List::stream)
                .toList();
        assertThat(blocks).hasSizeGreaterThan(25);

        String output = run(script(blocks, service.url()));

        assertThat(output)
                .endsWith("\nall blocks are done\n")
                .containsPattern("ETAG is \"\\w+\"")
                .contains("event: summary")
                .contains("\"name\":\"Demo\"")
                .doesNotContain("\"error\":true");
    }

    @Test
    void the_metrics_of_the_operations_page_are_in_a_scrape() throws Exception {
        String table = MarkdownPage.read(Path.of("docs/operations.md"))
                .section("Prometheus")
                .text();
        List<String> metrics = METRIC.matcher(table)
                .results()
                .map(MatchResult::group)
                .filter(metric -> !metric.startsWith("openuptimes_service_")) // requires a service with a certificate
                .distinct()
                .toList();
        String scrape = service.get("/metrics").body();

        assertThat(metrics).hasSizeGreaterThan(25).allSatisfy(metric -> assertThat(
                        scrape.contains("# TYPE " + metric + " "))
                .as(metric::toString)
                .isTrue());
    }

    private static String script(List<String> blocks, String url) {
        StringBuilder script = new StringBuilder(PRELUDE);
        for (String block : blocks) {
            script.append("echo; echo '=== ")
                    .append(block.lines().findFirst().orElseThrow().replace("'", ""))
                    .append("'\n")
                    .append(block.replace("http://localhost:8080", url)
                            .replace("a-long-random-text", ServiceProcess.KEY))
                    .append("echo \"ETAG is ${ETAG:-none}\"\n");
        }
        return script.append("echo; echo 'all blocks are done'\n").toString();
    }

    private static String run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(dir.resolve("tour.sh"), script);
        Path output = dir.resolve("tour.out");
        Process bash = new ProcessBuilder("bash", file.toString())
                .directory(Files.createDirectory(dir.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = bash.waitFor(SCRIPT_TIMEOUT_S, TimeUnit.SECONDS);
            String text = Files.readString(output);
            assertThat(ended).as(() -> "it ended, after\n" + text).isTrue();
            assertThat(bash.exitValue()).as(() -> text).isZero();
            return text;
        } finally {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        }
    }
}
