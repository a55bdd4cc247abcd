package io.openuptimes.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** Positions of elements on a page. */
final class Layout {

    private static final String WIDER =
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                    + " ? '' : [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right"
                    + " > document.documentElement.clientWidth + 0.5).slice(0, 5).map((e) => e.outerHTML.slice(0, 200)).join('\\n')"
                    + " || 'something'";

    private Layout() {}

    /** The page does not scroll sideways. */
    static void fits(Page page) {
        assertThat(page.evaluate(WIDER)).as("wider than the screen").isEqualTo("");
    }
}
