package io.openuptimes.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No module of the pages imports itself through others, statically or dynamically. */
class ImportCirclesTest {

    private static final Pattern IMPORTED = Pattern.compile("(?:\\bfrom|\\bimport)\\s*\\(?\\s*'(\\.[^']+)'");

    private static Map<String, List<String>> modules() throws IOException {
        Map<String, List<String>> modules = new TreeMap<>();
        ClassPathFiles.readAll("webroot/assets", "theme.js").forEach((name, content) -> {
            if (name.endsWith(".js")) {
                modules.put(
                        name,
                        IMPORTED.matcher(new String(content, StandardCharsets.UTF_8))
                                .results()
                                .map(match ->
                                        URI.create(name).resolve(match.group(1)).toString())
                                .toList());
            }
        });
        return modules;
    }

    /** Adds the circles reached from the last module of the path. */
    private static void follow(
            Map<String, List<String>> modules, Deque<String> path, Set<String> done, List<String> circles) {
        String last = path.getLast();
        for (String imported : modules.getOrDefault(last, List.of())) {
            if (path.contains(imported)) {
                circles.add(String.join(" → ", path) + " → " + imported);
            } else if (!done.contains(imported)) {
                path.addLast(imported);
                follow(modules, path, done, circles);
                path.removeLast();
            }
        }
        done.add(last);
    }

    private static List<String> circles(Map<String, List<String>> modules) {
        Set<String> done = new HashSet<>();
        List<String> circles = new ArrayList<>();
        for (String module : modules.keySet()) {
            if (!done.contains(module)) {
                follow(modules, new ArrayDeque<>(List.of(module)), done, circles);
            }
        }
        return circles;
    }

    @Test
    void thereIsNone() throws IOException {
        Map<String, List<String>> modules = modules();

        assertThat(modules).hasSizeGreaterThan(50);
        assertThat(modules.values().stream().mapToInt(List::size).sum()).isGreaterThan(200);
        assertThat(circles(modules)).isEmpty();
    }

    @Test
    void oneWouldBeFound() {
        assertThat(circles(Map.of("a", List.of("b", "c"), "b", List.of("c"), "c", List.of("b"))))
                .isNotEmpty();
    }
}
