package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requirements for every page, on desktop and phone, light and dark, with services that have a history. Saves a
 * screenshot of each in {@code target/screenshots/}; {@code -Dscreenshots=update} updates those of the README.
 */
class PagesBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final Path DOCS = Path.of("docs", "screenshots");
    private static final long MAX_DOCS_BYTES = 200_000;

    /** Pages by the name of their screenshot. */
    private static final Map<String, String> PUBLIC = Map.of(
            "status", "/",
            "service", "/services/Checkout",
            "missing", "/services/Nobody%20knows",
            "setup-closed", "/setup",
            "sign-in", "/admin");

    private static final Map<String, String> SIGNED_IN = Map.of(
            "dashboard", "/admin",
            "services", "/admin/services",
            "form", "/admin/services?edit=Checkout",
            "history", "/admin/history?service=Warehouse",
            "nodes", "/admin/nodes",
            "keys", "/admin/keys",
            "audit", "/admin/audit",
            "settings", "/admin/settings");

    /** Those shown in the README. */
    private static final List<String> BEST =
            List.of("status-desktop-light", "service-desktop-dark", "services-desktop-light", "status-phone-dark");

    @BeforeAll
    static void seed() throws Exception {
        new Seed(browsing).believable();
        browsing.api().makeKey("office dashboard");
    }

    private static List<Look> looks() {
        return Look.ALL;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void pages_for_everybody_are_clean_by_rule_and_no_wider_than_the_screen(Look look) throws IOException {
        areFine(PUBLIC, browsing.visitor(look), look);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void pages_of_the_admin_are_clean_by_rule_and_no_wider_than_the_screen(Look look) throws IOException {
        BrowserContext visitor = browsing.visitor(look);
        browsing.signIn(visitor);
        areFine(SIGNED_IN, visitor, look);
    }

    /** Uses one visitor for all pages, since signing in and loading all modules takes longer than the pages. */
    private static void areFine(Map<String, String> pages, BrowserContext visitor, Look look) throws IOException {
        for (String name : new TreeSet<>(pages.keySet())) {
            Page page = browsing.open(visitor, pages.get(name));
            isFine(page, name, look);
            page.close();
        }
    }

    private static void isFine(Page page, String name, Look look) throws IOException {
        assertThat(page.locator("h1")).hasCount(1);
        assertThat(Find.title(page)).isVisible();
        if (name.equals("status")) {
            assertThat(page.locator("service-row .cells path.up").first()).isVisible();
        } else if (name.equals("service")) {
            assertThat(page.locator("response-plot canvas")).isVisible();
            assertThat(page.locator(".uptime .cells path.up").first()).isVisible();
        } else if (name.equals("services")) {
            assertThat(page.locator("service-line .c-name").first()).isVisible();
        } else if (name.equals("form")) {
            assertThat(Find.field(page, "Name")).hasValue("Checkout");
        } else if (List.of("history", "nodes", "audit").contains(name)) {
            assertThat(page.locator("tbody tr").first()).isVisible();
        }
        assertThat(page.locator("main .spinner")).hasCount(0);
        Layout.fits(page);
        Axe.noViolations(page);
        take(page, name + "-" + look);
    }

    private static void take(Page page, String name) throws IOException {
        Files.createDirectories(Look.PICTURES);
        boolean whole = name.startsWith("service-"); // the chart is below the fold
        byte[] picture = page.screenshot(
                new Page.ScreenshotOptions().setFullPage(whole).setPath(Look.PICTURES.resolve(name + ".png")));
        if (BEST.contains(name) && "update".equals(System.getProperty("screenshots"))) {
            Files.createDirectories(DOCS);
            assertThat(picture.length).as(name).isLessThan((int) MAX_DOCS_BYTES);
            Files.write(DOCS.resolve(name + ".png"), picture);
        }
    }

    @Test
    void every_page_speaks_german_to_those_who_prefer_it() {
        BrowserContext visitor = browsing.visitor(Look.PHONE.german());
        browsing.signIn(visitor);
        Stream.concat(PUBLIC.values().stream(), SIGNED_IN.values().stream())
                .distinct()
                .forEach(path -> {
                    Page page = browsing.open(visitor, path);
                    assertThat(Find.title(page)).isVisible();
                    assertThat(page.locator("html")).hasAttribute("lang", "de");
                    assertThat(page.locator(".skip")).hasText(Pattern.compile("Zum Inhalt.*|.*Inhalt.*"));
                    Layout.fits(page);
                    page.close();
                });
    }

    @Test
    void nothing_moves_for_those_who_prefer_it_so() {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP.still());
        browsing.signIn(visitor);
        for (String path : List.of("/", "/services/Checkout", "/admin", "/admin/services?edit=Checkout")) {
            Page page = browsing.open(visitor, path);
            assertThat(Find.title(page)).isVisible();
            page.waitForLoadState(LoadState.LOAD);
            assertThat(page.evaluate("() => document.getAnimations().filter((a) => a.playState === 'running'"
                            + " && a.effect.getComputedTiming().duration > 20).length"))
                    .as(path)
                    .isEqualTo(0);
            page.close();
        }
    }

    @Test
    void all_is_reached_by_tab_and_the_focus_is_seen() {
        Page page = browsing.open(Look.DESKTOP, "/services/Checkout");
        assertThat(page.locator("response-plot canvas")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*#main"));
        Locator all = page.locator(
                "main button:visible, main a[href]:visible, main [tabindex='0']:visible, main input:visible");
        assertThat(all.nth(10)).isVisible();
        int controls = all.count();
        for (int i = 0; i < controls; i++) {
            page.keyboard().press("Tab");
            assertThat(
                            page.evaluate(
                                    "() => { const e = document.activeElement;"
                                            + " const seen = e.closest('label') ?? e; const s = getComputedStyle(e);"
                                            + " const near = [e, seen, e.nextElementSibling].filter(Boolean);"
                                            + " return e === document.body || near.some((one) => { const style = getComputedStyle(one);"
                                            + " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }) ? '' : e.outerHTML; }"))
                    .as("focus is seen")
                    .isEqualTo("");
        }
    }

    @Test
    void the_api_document_is_there_too() {
        Page page = browsing.open(Look.DESKTOP, "/docs");
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
    }
}
