package io.openuptimes.browser;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first view of three hundred services of which eight are down. Leaves screenshots with the others. */
class FleetBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeAll
    static void fleet() throws Exception {
        new Fleet(browsing).create();
    }

    private static Stream<Arguments> looks() {
        return Look.ALL.stream().flatMap(look -> Stream.of(true, false).map(signedIn -> Arguments.of(look, signedIn)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_status_page_begins_with_what_is_down(Look look, boolean signedIn) throws Exception {
        Page page = signedIn ? browsing.openSignedIn(look, "/") : browsing.open(look, "/");

        Locator rows = page.locator("attention-list li");
        PlaywrightAssertions.assertThat(rows).hasCount(Fleet.DOWN.size());
        if (!look.isPhone()) {
            page.locator("service-row .cells path").first().waitFor();
        }
        look.take(page, "fleet-status-" + who(signedIn));
        assertThat(Fleet.DOWN).allSatisfy(name -> assertThat(rows.allInnerTexts())
                .anySatisfy(row -> assertThat(row).contains(name)));
        eventually(() -> assertThat(isOnTheFirstScreen(page, look.isPhone() ? rows.first() : rows.last()))
                .isTrue());
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_page_of_one_that_is_down(Look look, boolean signedIn) {
        String path = "/services/" + Api.encoded(Fleet.DOWN.get(3));
        Page page = signedIn ? browsing.openSignedIn(look, path) : browsing.open(look, path);

        page.locator(".uptime .cells path").first().waitFor();
        look.take(page, "fleet-service-" + who(signedIn));
        Layout.fits(page);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_admins_pages(Look look, boolean tableOrDashboard) {
        Page page = browsing.openSignedIn(look, tableOrDashboard ? "/admin/services" : "/admin");

        page.locator(tableOrDashboard ? "service-line .c-name" : "main h2")
                .first()
                .waitFor();
        look.take(page, tableOrDashboard ? "fleet-table" : "fleet-dashboard");
        Layout.fits(page);
    }

    private static String who(boolean signedIn) {
        return signedIn ? "signed-in" : "visitor";
    }

    private static boolean isOnTheFirstScreen(Page page, Locator row) {
        BoundingBox box = row.boundingBox();
        return box != null && box.y + box.height <= page.viewportSize().height;
    }
}
