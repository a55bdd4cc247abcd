package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.testing.ProxyProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pages below a path, through an nginx that strips it. */
class BelowAPathBrowserIT {

    private static final String MOUNT = "/stripped";

    @RegisterExtension
    static final Browsing browsing = new Browsing()
            .with("OPENUPTIMES_HTTP_TRUSTED_PROXIES", "127.0.0.1")
            .with("OPENUPTIMES_HTTP_ALLOWED_PREFIXES", MOUNT);

    @Test
    void no_request_leaves_the_path(@TempDir Path dir) throws Exception {
        ProxyProgram.assumeInstalled("nginx");
        browsing.target().up("/shop");
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().checkNow("Shop");
        List<String> paths = new CopyOnWriteArrayList<>();
        String app = "127.0.0.1:" + browsing.app().port();
        try (ProxyProgram nginx = ProxyProgram.nginx(dir, Map.of("127.0.0.1:8080", app, "127.0.0.1:8081", app))) {
            BrowserContext visitor = browsing.visitor(Look.DESKTOP, nginx.port());
            visitor.onRequest(request -> paths.add(URI.create(request.url()).getPath()));

            Page page = browsing.open(visitor, MOUNT + "/");
            assertThat(Find.title(page)).hasText("All systems are up");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            browsing.target().down("/shop");
            browsing.api().checkNow("Shop");
            assertThat(Find.title(page)).hasText("All systems are down");

            Find.link(page, "Shop").first().click();
            assertThat(Find.title(page)).hasText("Shop");
            assertThat(page).hasURL(java.util.regex.Pattern.compile(".*" + MOUNT + "/services/Shop$"));

            page.navigate(MOUNT + "/admin");
            Find.field(page, "Password").fill(Browsing.PASSWORD);
            Find.button(page, "Sign in").click();
            Find.link(page, "Services").click();
            assertThat(page).hasURL(java.util.regex.Pattern.compile(".*" + MOUNT + "/admin/services$"));
            assertThat(page.getByText("Shop", new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();

            page.navigate(MOUNT + "/docs");
            assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
            assertThat(page.locator(".opblock").first()).isVisible();
        }
        assertThat(paths).hasSizeGreaterThan(20).allSatisfy(path -> assertThat(path)
                .startsWith(MOUNT + "/"));
    }
}
