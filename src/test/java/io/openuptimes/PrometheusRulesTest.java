package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Promtool;
import io.openuptimes.testing.RunningApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scrape job and alert rules in {@code contrib/prometheus/}, tested with promtool and a running service. */
class PrometheusRulesTest {

    private static final Path DIRECTORY = Path.of("contrib", "prometheus");
    private static final String RULES = "openuptimes.rules.yml";
    private static final String CASES = "openuptimes.rules.test.yml";
    private static final String KEY = "a-key-for-tests-0123456789";

    private static final Pattern METRIC = Pattern.compile("\\b((?:openuptimes|process|jvm)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z]+)=~?\"([^\"]*)\"");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    private static String read(String file) throws IOException {
        return Files.readString(DIRECTORY.resolve(file));
    }

    /** Without comments and annotations, which also contain metric names. */
    private static String expressions() throws IOException {
        return read(RULES).replaceAll("(?m)^ *#.*$", "").replaceAll("(?s)annotations:.*?(?=- alert:|- name:|\\z)", "");
    }

    @Test
    void promtool_accepts_the_rules() throws Exception {
        assertThat(Promtool.run(DIRECTORY, "check", "rules", RULES))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void promtool_accepts_the_scrape_job() throws Exception {
        assertThat(Promtool.run(DIRECTORY, "check", "config", "prometheus.yml")).contains("is valid");
    }

    @Test
    void promtool_accepts_the_scrape_job_with_a_key(@TempDir Path own) throws Exception {
        Path key = Files.writeString(own.resolve("openuptimes.key"), KEY);
        String withKey = read("prometheus.yml")
                .replace("# authorization:", "authorization:")
                .replace("#   credentials_file: /etc/prometheus/openuptimes.key", "  credentials_file: " + key);
        Files.writeString(own.resolve("prometheus.yml"), withKey);
        Files.copy(DIRECTORY.resolve(RULES), own.resolve(RULES));

        assertThat(withKey).contains("\n    authorization:\n      credentials_file: " + key);
        assertThat(Promtool.run(own, "check", "config", "prometheus.yml")).contains("is valid");
    }

    @Test
    void alerts_fire_when_they_should_and_not_before() throws Exception {
        assertThat(Promtool.run(DIRECTORY, "test", "rules", CASES)).contains("SUCCESS");
    }

    @Test
    void every_alert_has_a_case_and_says_what_to_do() throws Exception {
        String rules = read(RULES);
        List<String> alerts =
                ALERT.matcher(rules).results().map(found -> found.group(1)).toList();
        String cases = read(CASES);

        assertThat(alerts).hasSizeGreaterThan(15).doesNotHaveDuplicates().allSatisfy(alert -> {
            assertThat(cases).containsPattern("\\b" + alert + "\\b");
            String rule = rules.substring(rules.indexOf("- alert: " + alert + "\n"));
            assertThat(rule.split("\n +- alert: |\n +- name: ", 2)[0])
                    .contains("expr:", "severity:", "summary:", "description:");
        });
    }

    @Test
    void every_metric_and_label_of_the_rules_is_among_those_of_a_running_service() throws Exception {
        try (RunningApp app = RunningApp.start(Map.of("OPENUPTIMES_HTTP_INSTANCES", "1", "OPENUPTIMES_API_KEY", KEY))) {
            String scrape = scrapeWithAService(new Curl(app.port()));
            Set<String> used = new TreeSet<>();
            METRIC.matcher(expressions()).results().forEach(found -> {
                String metric = found.group(1);
                used.add(metric);
                String lines = lines(scrape, metric);
                assertThat(lines).as(metric).isNotEmpty();
                MATCHER.matcher(found.group(2))
                        .results()
                        .filter(matcher -> !matcher.group(1).equals("job"))
                        .forEach(matcher -> assertThat(lines)
                                .as(metric)
                                .contains(matcher.group(2).split("\\|")));
            });
            assertThat(used)
                    .hasSizeGreaterThan(15)
                    .contains("openuptimes_service_up", "process_max_fds", "jvm_gc_live_data_size_bytes");
        }
    }

    private static String scrapeWithAService(Curl curl) throws Exception {
        int created = curl.call("POST", "/api/services")
                .key(KEY)
                .json("{\"name\": \"Shop\", \"url\": \"http://127.0.0.1:1/\"}")
                .status();
        assertThat(created).isEqualTo(201);
        String[] scrape = new String[1];
        eventually(() -> {
            scrape[0] = curl.get("/metrics").key(KEY).send().text();
            assertThat(scrape[0]).contains("openuptimes_service_up{service=\"Shop\"");
        });
        return scrape[0];
    }

    /** The series of a metric, with its metadata lines. */
    private static String lines(String scrape, String metric) {
        Pattern about = Pattern.compile("(?m)^(?:# HELP )?" + metric + "[ {].*$");
        return String.join(
                "\n",
                about.matcher(scrape).results().map(found -> found.group()).toList());
    }
}
