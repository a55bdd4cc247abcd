package io.openuptimes.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The installed Chromium; nothing is downloaded. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    /** A name for this machine that browsers do not treat as trustworthy, unlike localhost. */
    static final String PLAIN_HOST = "plain.test";

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--host-resolver-rules=MAP " + PLAIN_HOST + " 127.0.0.1",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-precise-memory-info");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts a browser for use on the calling thread, since Playwright's objects are confined to one.
     *
     * @throws TestAbortedException if Chromium is not installed; in CI, an AssertionError
     */
    static Chromium start() {
        Path executable = find().orElseThrow(Chromium::missing);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS)
                        .setTimeout(120_000));
        return new Chromium(playwright, browser);
    }

    Browser browser() {
        return browser;
    }

    private static Optional<Path> find() {
        String given = System.getenv("CHROMIUM");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        List<String> directories = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
                .toList();
        return NAMES.stream()
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static RuntimeException missing() {
        String message = "no Chromium: none of " + String.join(", ", NAMES)
                + " is on the PATH, and the variable CHROMIUM names none";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        return new TestAbortedException(message);
    }

    @Override
    public void close() {
        Stream.<AutoCloseable>of(browser, playwright).forEach(part -> {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
