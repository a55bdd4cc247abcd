package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.InTime.inTime;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten thousand services. Prints the measurements; the limits for times are generous, because the service runs on the
 * same machine, while those for sizes and counts are exact.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleBrowserIT {

    private static final int SERVICES = 10_000;
    private static final int GENEROUS = 4;
    private static final long MAX_TRANSFERRED = 250_000;
    private static final double MAX_MEMORY = 300e6;

    @RegisterExtension
    static final Browsing browsing = new Browsing().with("OPENUPTIMES_HTTP_INSTANCES", "2");

    /** Records when the first service row and the verdict appeared, in milliseconds since the navigation started. */
    private static final String MARK_FIRST = "(() => { const mark = () => { if (!window.first &&"
            + " document.querySelector('service-row .name, service-line .c-name')) { window.first = performance.now();"
            + " observer.disconnect(); } }; const observer = new MutationObserver(mark);"
            + " observer.observe(document, {subtree: true, childList: true}); })()";

    /** Types into the search; returns the milliseconds until the list shows the matches. */
    private static final String SEARCH = "([field, text]) => new Promise((done) => {"
            + " const input = document.querySelector(field); const row = () => document.querySelector("
            + "'service-row .name, service-line .c-name button')?.textContent.trim();"
            + " const began = performance.now(); const look = () => row() === text ? done(performance.now() - began)"
            + " : requestAnimationFrame(look); input.value = text;"
            + " input.dispatchEvent(new Event('input', {bubbles: true})); look(); })";

    /** Scrolls through the page for a number of frames; returns the frame times, ascending. */
    private static final String SCROLL =
            "(frames) => new Promise((done) => { const times = []; let last = performance.now();"
                    + " const step = (now) => { times.push(now - last); last = now; window.scrollBy(0, 900);"
                    + " times.length < frames ? requestAnimationFrame(step) : done(times.sort((a, b) => a - b)); };"
                    + " requestAnimationFrame(step); })";

    @BeforeAll
    static void tenThousand() throws Exception {
        long start = System.nanoTime();
        new Seed(browsing).many(SERVICES);
        System.out.printf("scale: %d services made and checked in %d ms%n", SERVICES, sinceMs(start));
    }

    private static long sinceMs(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Test
    void the_status_page_is_quick_small_and_asks_for_one_stream() throws Exception {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        measure(visitor, "/", "input[type=search]", "service-row", "status page");
    }

    @Test
    void the_admins_table_is_quick_small_and_asks_for_one_stream() throws Exception {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        measure(visitor, "/admin/services", "input[type=search]", "service-line", "admin's table");
    }

    private static void measure(BrowserContext visitor, String path, String search, String row, String what)
            throws Exception {
        AtomicInteger streams = new AtomicInteger();
        visitor.onRequest(request -> {
            if (request.url().contains("/api/events")) {
                streams.incrementAndGet();
            }
        });
        visitor.addInitScript(MARK_FIRST);
        Page page = visitor.newPage();
        CDPSession protocol = visitor.newCDPSession(page);
        AtomicLong transferred = countScriptsAndStyles(protocol);
        long processesBefore = rendererMemory();
        double first = firstContent(page, path);
        assertThat(page.locator(row).first()).isVisible();

        // once cold, then as for a user who keeps typing
        search(page, search);
        double found = search(page, search);
        page.evaluate(
                "([field]) => { const input = document.querySelector(field); input.value = '';"
                        + " input.dispatchEvent(new Event('input', {bubbles: true})); }",
                List.of(search));
        assertThat(page.locator(row)).not().hasCount(1, new HasCountOptions().setTimeout(60_000));

        List<?> frames = (List<?>) page.evaluate(SCROLL, 240);
        assertThat(page.locator(row).count()).as("rows in the document").isLessThan(100);
        double median = number(frames.get(frames.size() / 2));
        double p95 = number(frames.get(frames.size() * 95 / 100));
        double longest = number(frames.get(frames.size() - 1));

        protocol.send("HeapProfiler.collectGarbage");
        double heap = number(page.evaluate("() => performance.memory.usedJSHeapSize"));
        long renderer = rendererMemory() - processesBefore;
        System.out.printf(
                "scale: %s of %d services: first content %.0f ms, search %.0f ms, frames while scrolling %.1f ms"
                        + " (p95 %.1f, longest %.0f), heap %.1f MB, browser +%d MB,"
                        + " scripts and styles %d bytes, event streams %d%n",
                what,
                SERVICES,
                first,
                found,
                median,
                p95,
                longest,
                heap / 1e6,
                renderer >> 20,
                transferred.get(),
                streams.get());
        int streamsOfThisPage = streams.get();
        inTime(1_500 * GENEROUS, first, () -> {
            try (Page another = visitor.newPage()) {
                return firstContent(another, path);
            }
        });
        inTime(17 * GENEROUS, median, () -> {
            page.evaluate("() => window.scrollTo(0, 0)");
            List<?> again = (List<?>) page.evaluate(SCROLL, 240);
            return number(again.get(again.size() / 2));
        });
        inTime(100 * GENEROUS, found, () -> search(page, search));
        assertThat(heap).isLessThan(MAX_MEMORY);
        assertThat((double) renderer).isLessThan(MAX_MEMORY);
        assertThat(transferred.get()).isPositive().isLessThan(MAX_TRANSFERRED);
        assertThat(streamsOfThisPage).isEqualTo(1);
    }

    /** Milliseconds from navigation to the first row. */
    private static double firstContent(Page page, String path) {
        page.navigate(path);
        page.waitForFunction("() => window.first");
        return number(page.evaluate("() => window.first"));
    }

    /** Milliseconds until the match replaces the previous one. */
    private static double search(Page page, String search) {
        page.evaluate(SEARCH, List.of(search, "Service 09999"));
        return number(page.evaluate(SEARCH, List.of(search, "Service 01234")));
    }

    /** Compressed transfer size of scripts and style sheets. */
    private static AtomicLong countScriptsAndStyles(CDPSession protocol) {
        Set<String> counted = new HashSet<>();
        AtomicLong bytes = new AtomicLong();
        protocol.send("Network.enable");
        protocol.on("Network.responseReceived", event -> {
            String type = text(event, "type");
            if (type.equals("Script") || type.equals("Stylesheet")) {
                counted.add(text(event, "requestId"));
            }
        });
        protocol.on("Network.loadingFinished", event -> {
            if (counted.contains(text(event, "requestId"))) {
                bytes.addAndGet(event.get("encodedDataLength").getAsLong());
            }
        });
        return bytes;
    }

    private static String text(JsonObject event, String field) {
        JsonElement value = event.get(field);
        return value == null ? "" : value.getAsString();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Private memory of this browser's renderer processes, bytes; 0 without /proc. */
    private static long rendererMemory() throws IOException {
        long bytes = 0;
        for (ProcessHandle process :
                (Iterable<ProcessHandle>) ProcessHandle.current().descendants()::iterator) {
            Path of = Path.of("/proc", Long.toString(process.pid()));
            if (isRenderer(of.resolve("cmdline"))) {
                bytes += privateMemory(of.resolve("smaps_rollup"));
            }
        }
        return bytes;
    }

    private static boolean isRenderer(Path commandLine) throws IOException {
        return Files.isReadable(commandLine) && Files.readString(commandLine).contains("--type=renderer");
    }

    private static long privateMemory(Path rollup) {
        try (Stream<String> lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith("Private_"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1_024)
                    .sum();
        } catch (IOException e) {
            return 0; // the process has exited
        }
    }
}
