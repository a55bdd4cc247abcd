package io.openuptimes.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** Automated checks against WCAG 2.2 AA and good practice. */
final class Axe {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice");

    /** Without preloading, which copies style sheets into the page and so violates its CSP. */
    private static final String RUN = "async (tags) => (await axe.run(document,"
            + " {runOnly: tags, preload: false, resultTypes: ['violations']})).violations.map((rule) =>"
            + " rule.id + ': ' + rule.help + rule.nodes.map((node) =>"
            + " '\\n  ' + node.html + '\\n  ' + node.failureSummary).join('')).join('\\n')";

    private Axe() {}

    /** Fails with all violated rules and the offending elements. */
    static void noViolations(Page page) {
        page.evaluate(AxeBuilder.getAxeScript());
        assertThat(page.evaluate(RUN, TAGS)).as("axe-core on " + page.url()).isEqualTo("");
    }
}
