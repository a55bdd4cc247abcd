package io.openuptimes.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.openuptimes.testing.AbortedClasses;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole service, a target server and a browser, shared by a test class; each visitor of a test gets a new browser
 * context. Anything recorded by {@link Watch} fails the test. A failed test leaves its pages in {@code
 * target/browser/}, and a trace with {@code -Dbrowser.trace=true}.
 */
final class Browsing implements BeforeAllCallback, AfterAllCallback, AfterEachCallback {

    static final String PASSWORD = "correct horse battery";

    private static final Path FAILURES = Path.of("target", "browser");
    private static final int PATIENCE_MS = 45_000;

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "OPENUPTIMES_HTTP_INSTANCES", "1",
            "OPENUPTIMES_RATE_LIMIT", "0",
            "OPENUPTIMES_CHECK_INTERVAL", "86400",
            "OPENUPTIMES_API_KEY", Api.KEY));
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final boolean traces = Boolean.getBoolean("browser.trace");
    private final Watch watch = new Watch();
    private boolean setUp = true;
    private @Nullable Chromium chromium;
    private @Nullable RunningApp app;
    private @Nullable TargetServer target;
    private @Nullable Api api;

    /** Adds or overrides an environment variable. */
    Browsing with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts as if for the first time, with setup not completed. */
    Browsing atFirstStart() {
        setUp = false;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        AbortedClasses.setUp(context, this::start);
    }

    private void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        chromium = Chromium.start();
        target = TargetServer.start();
        app = RunningApp.start(environment);
        api = new Api(app.port());
        if (setUp) {
            JsonObject body = new JsonObject().put("password", PASSWORD).put("siteName", "Our services");
            api.call("POST", "/api/setup/complete", body);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        List<String> complaints = watch.drain();
        try {
            if (context.getExecutionException().isPresent() || !complaints.isEmpty()) {
                keepEvidence(context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
            }
        } finally {
            contexts.forEach(BrowserContext::close);
            contexts.clear();
            watch.drain();
        }
        if (!complaints.isEmpty()) {
            AssertionError error =
                    new AssertionError("the pages did what no page may:\n" + String.join("\n", complaints));
            context.getExecutionException().ifPresent(error::addSuppressed);
            throw error;
        }
    }

    private void keepEvidence(String test) throws IOException {
        Files.createDirectories(FAILURES);
        String name = test.replaceAll("\\W+", "_");
        int number = 0;
        for (BrowserContext context : contexts) {
            for (Page page : context.pages()) {
                number++;
                page.screenshot(new Page.ScreenshotOptions().setPath(FAILURES.resolve(name + "-" + number + ".png")));
                Files.writeString(FAILURES.resolve(name + "-" + number + ".html"), page.url() + "\n" + page.content());
            }
            if (traces) {
                context.tracing()
                        .stop(new Tracing.StopOptions().setPath(FAILURES.resolve(name + "-" + number + ".zip")));
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try (TargetServer target = this.target;
                RunningApp app = this.app;
                Chromium chromium = this.chromium) {
            // close each regardless of failures of the others; skip those not created
        }
    }

    /** A new visitor: empty storage, not signed in. */
    BrowserContext visitor(Look look) {
        return visitor(look, app().port());
    }

    /** @param port of a proxy in front of the service */
    BrowserContext visitor(Look look, int port) {
        BrowserContext context =
                started(chromium).browser().newContext(look.options().setBaseURL("http://127.0.0.1:" + port));
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MS);
        watch.over(context);
        if (traces) {
            context.tracing()
                    .start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        }
        return context;
    }

    /** A page of a new visitor. */
    Page open(Look look, String path) {
        return open(visitor(look), path);
    }

    Page open(BrowserContext visitor, String path) {
        Page page = visitor.newPage();
        page.navigate(path);
        return page;
    }

    /** Stops the page's clock, so that nothing disappears by timeout. */
    static void stopTime(Page page) {
        page.clock().install();
        page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    }

    /** A page of a visitor who is signed in. */
    Page openSignedIn(Look look, String path) {
        BrowserContext visitor = visitor(look);
        signIn(visitor);
        return open(visitor, path);
    }

    /** Signs in through the API; the form has its own tests. */
    void signIn(BrowserContext visitor) {
        int status = visitor.request()
                .post(
                        "/api/auth/login",
                        com.microsoft.playwright.options.RequestOptions.create().setData(Map.of("password", PASSWORD)))
                .status();
        if (status != 200) {
            throw new AssertionError("signing in: " + status);
        }
    }

    Watch watch() {
        return watch;
    }

    RunningApp app() {
        return started(app);
    }

    TargetServer target() {
        return started(target);
    }

    Api api() {
        return started(api);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }
}
