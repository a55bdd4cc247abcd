package io.openuptimes.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Collectors;

/** What can be found by rule against WCAG 2.2 AA, and against good practice. */
final class Axe {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice");

    private Axe() {}

    /** @throws AssertionError that names each rule, why it matters, and the elements */
    static void noViolations(Page page) {
        List<Rule> found = new AxeBuilder(page)
                .withTags(TAGS)
                .setLegacyMode(true)
                .analyze()
                .getViolations();
        if (!found.isEmpty()) {
            throw new AssertionError(
                    page.url() + "\n" + found.stream().map(Axe::told).collect(Collectors.joining("\n")));
        }
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp()
                + rule.getNodes().stream().map(Axe::told).collect(Collectors.joining());
    }

    private static String told(CheckedNode node) {
        return "\n    " + node.getHtml() + "\n    " + node.getFailureSummary().replace("\n", "\n    ");
    }
}
