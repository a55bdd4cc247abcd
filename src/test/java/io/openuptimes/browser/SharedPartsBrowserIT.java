package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features shared by all pages: language, theme, icon, focus, copying, print. */
class SharedPartsBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    /** The bottom of the last text and of the page, in pixels, read at once because the page may still be rendering. */
    private static final String ENDS = """
            () => {
              const texts = [...document.querySelectorAll('body *')]
                .filter((e) => e.checkVisibility() && e.childElementCount === 0)
                .map((e) => e.getBoundingClientRect().bottom + scrollY);
              return [Math.ceil(Math.max(...texts)), document.documentElement.scrollHeight];
            }""";

    private static final Pattern PAGE_OF_PDF = Pattern.compile("/Type\\s*/Page\\b");

    @BeforeAll
    static void seed() throws Exception {
        browsing.target().down("/down");
        JsonObject group = new JsonObject().put("group", "Shop");
        for (int i = 0; i < 40; i++) {
            browsing.api().create("Service " + i, browsing.target().url("/up"), group);
        }
        browsing.api().create("Down", browsing.target().url("/down"), group);
        browsing.api().checkNow("Down");
    }

    @Test
    void a_text_is_copied_on_plain_http() {
        browsing.watch().expect("Cross-Origin-Opener-Policy header has been ignored"); // expected without TLS
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        Page page = visitor.newPage();
        page.navigate("http://" + Chromium.PLAIN_HOST + ":" + browsing.app().port() + "/");
        assertThat(Find.title(page)).isVisible();
        assertThat(page.evaluate("() => isSecureContext")).isEqualTo(false);
        page.evaluate("""
                async () => {
                  const base = document.querySelector('link[href$="base.css"]').href;
                  await import(new URL('components/copy-button.js', base));
                  const button = document.createElement('copy-button');
                  button.text = 'copied by hand';
                  button.label = 'a text';
                  document.querySelector('main').prepend(button);
                }""");
        Locator copy = Find.button(page, Pattern.compile("(Copy|Copied): a text"));
        Browsing.stopTime(page); // the confirmation disappears after two seconds

        copy.click();

        assertThat(copy).hasText("Copied");
        assertThat(copy).isFocused();
        Locator search = page.getByRole(AriaRole.SEARCHBOX);
        search.focus();
        page.keyboard().press("Control+v");
        assertThat(search).hasValue("copied by hand");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/services/Down", "/setup", "/admin", "/nothing"})
    void a_chosen_language_is_remembered_on_every_page(String path) {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        Page page = browsing.open(visitor, path);
        page.getByLabel("Language").selectOption("de");
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.getByLabel("Sprache")).hasValue("de");

        Page other = browsing.open(visitor, "/");

        assertThat(other.getByLabel("Sprache")).hasValue("de");
        other.getByLabel("Sprache").selectOption("en");
        assertThat(other.locator("html")).hasAttribute("lang", "en");
    }

    @Test
    void the_theme_switch_shows_the_theme_that_is_on_and_says_the_next() {
        Page page = browsing.open(Look.DESKTOP, "/");
        Locator theme = Find.button(page, Pattern.compile("Theme: .*"));
        for (List<String> each :
                List.of(List.of("System", "Light"), List.of("Light", "Dark"), List.of("Dark", "System"))) {
            assertThat(theme).hasText(each.get(0));
            assertThat(theme).hasAttribute("aria-label", "Theme: " + each.get(0) + ". Switch to " + each.get(1));
            theme.click();
        }
        assertThat(theme).hasText("System");
    }

    @ParameterizedTest
    @CsvSource({"/, d98a16", "/services/Down, bd1f2d", "/services/Service%200, 15803d", "/admin, d98a16"})
    void the_icon_shows_the_state(String path, String colour) {
        Page page = browsing.open(Look.DESKTOP, path);
        assertThat(page.locator("link[rel=icon]"))
                .hasAttribute("href", Pattern.compile("data:image/svg\\+xml,.*" + colour + ".*"));
    }

    /** @param drawn selector of content that is present once the page is complete and can be measured for print */
    @ParameterizedTest
    @CsvSource({
        "/, true, service-row .cells path",
        "/, false, service-row .cells path",
        "/services/Down, true, .uptime .cells path",
        "/admin/services, true, service-line .c-name",
        "/nothing, false, main a"
    })
    void paper_has_no_empty_pages_and_light_colours(String path, boolean isDark, String drawn) throws Exception {
        BrowserContext visitor = browsing.visitor(isDark ? Look.DESKTOP.dark() : Look.DESKTOP);
        browsing.signIn(visitor);
        Page page = browsing.open(visitor, path);
        assertThat(Find.title(page)).isVisible();
        page.evaluate("() => document.documentElement.dataset.theme = 'dark'");
        assertThat(page.locator(drawn).first()).isVisible();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        eventually(() -> {
            List<?> ends = (List<?>) page.evaluate(ENDS);
            assertThat((int) ends.get(1))
                    .as("nothing but a margin below the last text")
                    .isLessThan(Math.max((int) ends.get(0) + 100, 810));
        });
        int height = (int) ((List<?>) page.evaluate(ENDS)).get(0);
        assertThat(page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--surface')"))
                .isEqualTo("#fff");

        String pdf = new String(page.pdf(), StandardCharsets.ISO_8859_1);

        long pages = PAGE_OF_PDF.matcher(pdf).results().count();
        assertThat(pages).isPositive().isLessThanOrEqualTo(height / 700 + 2);
    }

    @ParameterizedTest
    @CsvSource({"/, false", "/, true", "/admin, false", "/admin, true", "/nothing, false"})
    void whatever_has_the_focus_shows_it(String path, boolean isDark) {
        Page page = browsing.open(isDark ? Look.DESKTOP.dark() : Look.DESKTOP, path);
        assertThat(Find.title(page)).isVisible();
        for (int i = 0; i < 15; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("""
                            () => {
                              const focused = document.activeElement;
                              const marked = [focused, focused.nextElementSibling, focused.closest('label')]
                                .filter(Boolean)
                                .find((one) => {
                                  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
                                  return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
                                });
                              return focused === document.body || marked ? '' : focused.outerHTML;
                            }""")).as("without a ring").isEqualTo("");
        }
    }
}
