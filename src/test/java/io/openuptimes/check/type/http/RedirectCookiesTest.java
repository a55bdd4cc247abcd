package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.RawServer.Conversation;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Redirects that succeed only with the cookies they set. */
class RedirectCookiesTest extends ProberTestBase {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String REFUSED = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
    private static final Pattern COOKIE = Pattern.compile("(?im)^cookie: (.*)$");

    private static String redirect(String location, String... setCookies) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 302 Found\r\nLocation: " + location);
        for (String cookie : setCookies) {
            answer.append("\r\nSet-Cookie: ").append(cookie);
        }
        return answer.append("\r\nContent-Length: 0\r\n\r\n").toString();
    }

    private static String cookies(Conversation conversation) {
        Matcher cookie = COOKIE.matcher(conversation.awaitHead());
        return cookie.find() ? cookie.group(1).trim() : "";
    }

    private static String path(Conversation conversation) {
        return conversation.awaitHead().split(" ", 3)[1];
    }

    /** The same URL again, now with the cookie. */
    @Test
    void aRedirectToItselfIsNoLoopWhereItSetsACookie() throws Exception {
        try (RawServer server = RawServer.of(conversation ->
                conversation.send(cookies(conversation).isEmpty() ? redirect("/", "checked=1; Path=/") : OK))) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aRedirectToItselfIsALoopWhereTheCookieStaysTheSame() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send(redirect("/", "a=1"));
        })) {
            assertThat(probe(server.url()).error()).isEqualTo("redirect loop");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aCookieThatChangesEachTimeEndsAtTheMost() throws Exception {
        int[] count = new int[1];
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send(redirect("/", "a=" + count[0]++));
        })) {
            assertThat(probe(server.url()).error()).isEqualTo("more than 10 redirects");
        }
    }

    private static void signIn(Conversation conversation) throws IOException {
        String cookies = cookies(conversation);
        conversation.send(
                switch (path(conversation)) {
                    case "/app" -> cookies.contains("session=") ? OK : redirect("/login?next=/app", "csrf=x; Path=/");
                    case "/login?next=/app" ->
                        cookies.contains("csrf=x")
                                ? redirect("/callback", "state=y; Path=/callback", "csrf=; Path=/; Max-Age=0")
                                : REFUSED;
                    case "/callback" ->
                        cookies.equals("state=y")
                                ? redirect("/app", "session=z; Path=/; HttpOnly; SameSite=Lax")
                                : REFUSED;
                    default -> REFUSED;
                });
    }

    @Test
    void aSignInByRedirectsComesToItsEnd() throws Exception {
        try (RawServer server = RawServer.of(RedirectCookiesTest::signIn)) {
            CheckResult result = probe(server.url() + "app");
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(server.connections()).isEqualTo(4);
            assertThat(probe(server.url() + "app").outcome()).isEqualTo(Outcome.UP);
            assertThat(server.connections()).as("each check signs in anew").isEqualTo(8);
        }
    }

    @Test
    void theServicesOwnCookiesAreSentBesides() throws Exception {
        try (RawServer server = RawServer.of(conversation ->
                conversation.send(path(conversation).equals("/start") ? redirect("/end", "a=1", "b=2") : OK))) {
            probe(server.url() + "start", Map.of("headers", Map.of("Cookie", "a=0; own=1")));
            assertThat(cookies(server.next())).isEqualTo("a=0; own=1");
            assertThat(cookies(server.next())).isEqualTo("own=1; a=1; b=2");
        }
    }

    /** 127.0.0.1 and 127.0.0.2 are different hosts; the ports of one are not. */
    @Test
    void aCookieStaysWithItsHostAndTheServicesOwnWithItsOrigin() throws Exception {
        String[] back = new String[1];
        try (RawServer other = RawServer.on("127.0.0.2", conversation -> {
                    conversation.awaitHead();
                    conversation.send(redirect(back[0], "theirs=1; Domain=127.0.0.1", "theirs=2"));
                });
                RawServer server = RawServer.of(conversation -> conversation.send(
                        path(conversation).equals("/start")
                                ? redirect("http://127.0.0.2:" + other.port() + "/", "ours=1; Path=/")
                                : OK))) {
            back[0] = server.url() + "end";
            CheckResult result = probe(server.url() + "start", Map.of("headers", Map.of("Cookie", "own=s3cret")));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(cookies(other.next())).isEmpty();
            server.next();
            assertThat(cookies(server.next())).isEqualTo("ours=1");
        }
    }
}
