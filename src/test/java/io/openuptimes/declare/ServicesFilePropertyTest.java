package io.openuptimes.declare;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Any services file yields services, or problems that name the location without quoting values. */
class ServicesFilePropertyTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final String SECRET = "s3cr3tvalue";

    private static final List<String> FILES = List.of("""
            x-defaults: &defaults {interval: 30, labels: {team: shop}}
            services:
              - <<: *defaults
                name: A
                url: https://${HOST}/health
                headers: {Authorization: 'Bearer s3cr3tvalue'}
                body: "s3cr3tvalue \\n ${file:/nowhere}"
              - {<<: *defaults, name: B, url: 'http://h/', timeout: 1000, visible: false}
            """, """
            services:
            - name: >-
                Folded
              url: http://127.0.0.1/
              description: |
                s3cr3tvalue
            """, """
            {"services": [{"name": "A", "url": "http://h/", "body": "s3cr3tvalue", "interval": 30,
              "labels": {"a": "b"}, "locations": ["eu"], "paused": true}]}
            """);

    private static final List<String> TOKENS = List.of(
            "!s3cr3tvalue ",
            "!!s3cr3tvalue ",
            "!a!s3cr3tvalue ",
            "*s3cr3tvalue ",
            "&s3cr3tvalue ",
            "%s3cr3tvalue 1.1\n---\n",
            "%TAG !s3cr3tvalue s3cr3tvalue\n---\n",
            "%YAML 9.s3cr3tvalue\n",
            "? [s3cr3tvalue] : ",
            "s3cr3tvalue: 1\n",
            "'s3cr3tvalue",
            "\"\\s3cr3tvalue",
            "!!int ",
            "!!float ",
            "!!bool ",
            "!!null ",
            "!!timestamp ",
            "!!binary ",
            "!!set ",
            "!!omap ",
            "!!pairs ",
            "!!seq ",
            "!!map ",
            "!!str ",
            "<<: ",
            "*defaults",
            "- ",
            "\n",
            "  ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "${",
            "1e2147483648",
            "[".repeat(50),
            "9".repeat(2_000),
            "\u0000",
            "\u00ff");

    @Provide
    Arbitrary<byte[]> files() {
        return Mutations.of(FILES, TOKENS);
    }

    @Property(tries = 3_000, seed = Seed.FIXED)
    void a_file_is_services_or_problems(@ForAll("files") byte[] content, @ForAll boolean json) {
        reads(content, json);
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void any_bytes_are_services_or_problems(@ForAll byte[] content, @ForAll boolean json) {
        reads(content, json);
    }

    private static DeclaredServices reads(byte[] content, boolean json) {
        Variables variables = new Variables(Map.of("HOST", "example.com"));
        DeclaredServices read = DeclaredServices.read(content, json, variables, NOW);
        assertThat(read.problemCount() == 0).isEqualTo(read.problems().isEmpty());
        if (read.problems().isEmpty()) {
            assertThat(read.digest()).isNotEmpty();
        }
        for (DeclaredProblem problem : read.problems()) {
            if (problem.what().field().equals("file")) {
                assertThat(problem.what().text()).doesNotContain(SECRET);
            }
        }
        return read;
    }

    /** Aliases are not expanded: the shared list would expand to a billion elements. */
    @Example
    void what_aliases_share_is_never_unfolded() {
        StringBuilder yaml = new StringBuilder("x-0: &a0 [x]\n");
        for (int i = 1; i < 15; i++) {
            String shared = "*a" + (i - 1);
            yaml.append("x-")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append((shared + ",").repeat(9))
                    .append("]\n");
        }
        for (String use : List.of(
                "services: [*a14]",
                "services: [{name: *a14, url: 'http://h/'}]",
                "services: [{name: A, url: 'http://h/', labels: {a: *a14}}]",
                "services: [{name: A, url: 'http://h/', *a14 : b}]",
                "services: [{? *a14 : b}]",
                "x-map: {? *a14 : b}\nservices: []",
                "services: [{<<: {? *a14 : b}}]")) {
            Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
                byte[] content = (yaml + use).getBytes(StandardCharsets.UTF_8);
                assertThat(reads(content, false).problems()).isNotEmpty();
            });
        }
    }
}
