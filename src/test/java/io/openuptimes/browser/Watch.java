package io.openuptimes.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Records what no page may do in any test: console errors, uncaught exceptions, CSP violations, requests to other
 * hosts, missing files, 5xx responses, script dialogs.
 */
final class Watch {

    /** The browser's own message for any response from 400 on; those are judged by {@link #answered}. */
    private static final Pattern ANSWER = Pattern.compile("Failed to load resource: the server responded with.*");

    private static final String TELL_VIOLATIONS = "addEventListener('securitypolicyviolation', (e) =>"
            + " console.error('policy violated: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))";

    private final List<String> complaints = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    void over(BrowserContext context) {
        context.addInitScript(TELL_VIOLATIONS);
        context.onConsoleMessage(this::said);
        context.onWebError(error -> complain("uncaught: " + error.error()));
        context.onRequest(this::asked);
        context.onResponse(this::answered);
        context.onPage(page -> page.onPageError(error -> complain("uncaught: " + error)));
        context.onDialog(dialog -> {
            if (!dialog.type().equals("beforeunload")) {
                complain("dialog: " + dialog.message());
            }
            dialog.accept();
        });
    }

    /** Allows messages that contain this text, provoked by the test. */
    void expect(String part) {
        expected.add(Pattern.compile(part, Pattern.LITERAL));
    }

    /** The records since the last call. */
    List<String> drain() {
        List<String> seen = complaints.stream()
                .filter(complaint -> expected.stream()
                        .noneMatch(part -> part.matcher(complaint).find()))
                .distinct()
                .toList();
        complaints.clear();
        expected.clear();
        return seen;
    }

    private void complain(String complaint) {
        complaints.add(complaint);
    }

    private void said(ConsoleMessage message) {
        if (message.type().equals("error") && !ANSWER.matcher(message.text()).matches()) {
            complain("console: " + message.text() + " (" + message.location() + ")");
        }
    }

    private void asked(Request request) {
        URI uri = URI.create(request.url().replaceAll("[{}|\\\\^`\"<>]", "_"));
        if (uri.getHost() != null && !List.of("127.0.0.1", Chromium.PLAIN_HOST).contains(uri.getHost())) {
            complain("another host: " + request.url());
        }
    }

    private void answered(Response response) {
        String path =
                URI.create(response.url().replaceAll("[{}|\\\\^`\"<>]", "_")).getPath();
        boolean missingPage =
                response.status() == 404 && response.request().resourceType().equals("document");
        if (response.status() >= 500 || (response.status() >= 400 && !path.startsWith("/api/") && !missingPage)) {
            complain("answer " + response.status() + ": " + response.url());
        }
    }
}
