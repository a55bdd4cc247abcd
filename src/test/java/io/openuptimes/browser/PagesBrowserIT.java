package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page, on desktop and phone, in light and dark. */
class PagesBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final List<Look> LOOKS = List.of(Look.DESKTOP, Look.DESKTOP.dark(), Look.PHONE, Look.PHONE.dark());

    @BeforeAll
    static void seed() throws Exception {
        new Seed(browsing).believable();
    }

    private static Stream<Arguments> pagesAndLooks() {
        return Stream.of("/", "/services/Checkout", "/services/Nobody%20knows", "/setup", "/admin")
                .flatMap(path -> LOOKS.stream().map(look -> Arguments.of(path, look)));
    }

    @ParameterizedTest
    @MethodSource("pagesAndLooks")
    void a_page_is_clean_by_rule_and_no_wider_than_the_screen(String path, Look look) {
        Page page = browsing.open(look, path);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isVisible();
        Layout.fits(page);
        Axe.noViolations(page);
    }
}
