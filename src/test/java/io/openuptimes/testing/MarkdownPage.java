package io.openuptimes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A documentation page.
 *
 * @param path relative to the project
 * @param text the whole content
 */
public record MarkdownPage(Path path, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#+) (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /** A heading: level 1 is the title. */
    public record Heading(int level, String text, String anchor) {}

    public static MarkdownPage read(Path path) throws IOException {
        return new MarkdownPage(path, Files.readString(path));
    }

    /** README, SECURITY.md and all pages in docs/. */
    public static List<MarkdownPage> all() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>(List.of(read(Path.of("README.md")), read(Path.of("SECURITY.md"))));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            for (Path path : docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(read(path));
            }
        }
        return pages;
    }

    /** The contents of all code blocks in a language, in order. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(found -> found.group(1).equals(language))
                .map(found -> found.group(2))
                .toList();
    }

    /** The part below a heading, up to the next one of the same level. */
    public MarkdownPage section(String heading) {
        String begin = "\n## " + heading + "\n";
        int start = text.indexOf(begin);
        if (start < 0) {
            throw new IllegalArgumentException(path + " has no section " + heading);
        }
        int end = text.indexOf("\n## ", start + begin.length());
        return new MarkdownPage(path, text.substring(start, end < 0 ? text.length() : end));
    }

    /** All link targets, as written. */
    public List<String> links() {
        return LINK.matcher(prose()).results().map(found -> found.group(1)).toList();
    }

    /** All headings, with GitHub's anchors. */
    public List<Heading> headings() {
        Map<String, Integer> seen = new HashMap<>();
        List<Heading> headings = new ArrayList<>();
        Matcher matcher = HEADING.matcher(prose());
        while (matcher.find()) {
            String slug = matcher.group(2)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(slug, 1, Integer::sum) - 1;
            String anchor = before == 0 ? slug : slug + "-" + before;
            headings.add(new Heading(matcher.group(1).length(), matcher.group(2), anchor));
        }
        return headings;
    }

    /** Everything before the first section: title, introduction, table of contents. */
    public String introduction() {
        int end = text.indexOf("\n## ");
        return end < 0 ? text : text.substring(0, end);
    }

    private String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
