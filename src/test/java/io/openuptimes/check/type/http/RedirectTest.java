package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Version;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.RawServer.Conversation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where redirects lead. */
class RedirectTest extends ProberTestBase {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** The number in the path. */
    private static int number(Conversation conversation) {
        String head = conversation.awaitHead();
        return Integer.parseInt(head.substring(head.indexOf('/') + 1, head.indexOf(" HTTP")));
    }

    /** Counts down: /3 redirects to /2, and /0 is the end. */
    private static RawServer countdown() {
        return RawServer.of(conversation -> {
            int left = number(conversation);
            conversation.send(left == 0 ? OK : redirect(302, "/" + (left - 1)));
        });
    }

    /** Redirects the first request and answers all others with 200. */
    private static RawServer sending(int status, String location) {
        return RawServer.of(conversation ->
                conversation.send(conversation.awaitHead().contains(" /start") ? redirect(status, location) : OK));
    }

    @Test
    void followsTen() throws Exception {
        try (RawServer server = countdown()) {
            CheckResult result = probe(server.url() + "10");
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(result.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void followsNotEleven() throws Exception {
        try (RawServer server = countdown()) {
            CheckResult result = probe(server.url() + "11");
            assertThat(result.outcome()).isEqualTo(Outcome.REDIRECT);
            assertThat(result.error()).isEqualTo("more than 10 redirects");
            assertThat(result.statusCode()).isEqualTo(302);
        }
    }

    @Test
    void closesTheConnectionOfEachHop() throws Exception {
        try (RawServer server = countdown()) {
            probe(server.url() + "3");
            for (int i = 0; i < 4; i++) {
                server.next().awaitClosedByPeer();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/start", "", "?", "/there"})
    void seesALoop(String location) throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            boolean there = conversation.awaitHead().contains("/there");
            conversation.send(redirect(307, there ? "/start" : location));
        })) {
            CheckResult result = probe(server.url() + "start");
            assertThat(result.outcome()).isEqualTo(Outcome.REDIRECT);
            assertThat(result.error()).isIn("redirect loop", "more than 10 redirects");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "javascript:alert(1)", "http://", "http://user@/", "http://a b/"})
    void refusesWhatIsNoUrl(String location) throws Exception {
        try (RawServer server = sending(301, location)) {
            CheckResult result = probe(server.url() + "start");
            assertThat(result.outcome()).isEqualTo(Outcome.REDIRECT);
            assertThat(result.error()).isEqualTo("redirect to an invalid http or https URL");
        }
    }

    /** PORT is the server's; each as in browsers. */
    @ParameterizedTest
    @CsvSource({
        "http:///127.0.0.1:PORT/end, /end",
        "http:\\\\127.0.0.1:PORT\\end, /end",
        "///127.0.0.1:PORT/end, /end",
        "http:/end, /end",
        "http:end, /end",
        "http://127.1:PORT/end, /end",
        "http://0x7f000001:PORT/end, /end",
        "http://2130706433:PORT/end, /end",
        "http://0177.0.0.1:PORT/end, /end",
        "http://127.0.0.1:0PORT/end, /end",
        "http://user:password@127.0.0.1:PORT/end, /end",
        "http://127.0.0.1:PORT/a/../end, /end",
        "/a/%2e%2E/end, /end",
        "/a//../end, /a/end",
        "/en	d, /end"
    })
    void followsAnUnusualLocation(String location, String to) throws Exception {
        int[] port = new int[1];
        try (RawServer server = RawServer.of(conversation -> {
            boolean first = conversation.awaitHead().contains(" /start");
            conversation.send(first ? redirect(302, location.replace("PORT", "" + port[0])) : OK);
        })) {
            port[0] = server.port();
            CheckResult result = probe(server.url() + "start");
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            server.next();
            assertThat(server.next().awaitHead())
                    .startsWith("GET " + to + " HTTP/1.1")
                    .doesNotContainIgnoringCase("authorization")
                    .contains("host: 127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 305, 306, 309})
    void followsNoOtherStatus(int status) throws Exception {
        try (RawServer server = sending(status, "/end")) {
            assertThat(probe(server.url() + "start").error()).isEqualTo("expected 200, got " + status);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void takesARedirectWithoutLocationAsTheAnswer() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.STATUS);
            assertThat(result.error()).isEqualTo("expected 200, got 302");
        }
    }

    @Test
    void followsOnlyWhereTheServiceSaysSo() throws Exception {
        try (RawServer server = sending(302, "/end")) {
            assertThat(probe(server.url() + "start", Map.of("followRedirects", false))
                            .error())
                    .isEqualTo("expected 200, got 302");
            assertThat(probe(server.url() + "start", Map.of("expectedStatus", 302))
                            .outcome())
                    .isEqualTo(Outcome.UP);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a/start, x, /a/x",
        "/a/start, ../x?y=1, /x?y=1",
        "/a/start, ?y=1, ''",
        "/a/start, /ü, /%C3%BC",
        "/a/start, /x#part, /x",
        "/a/start, ' /x', /x"
    })
    void resolvesARelativeLocation(String from, String location, String to) throws Exception {
        String utf8 = new String(location.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (RawServer server = RawServer.of(conversation -> {
            boolean first = conversation.awaitHead().startsWith("GET " + from + " ");
            conversation.send(first ? redirect(302, utf8) : OK);
        })) {
            CheckResult result = probe(server.url() + from.substring(1));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            server.next();
            assertThat(server.next().awaitHead()).startsWith("GET " + (to.isEmpty() ? "/a/start?y=1" : to) + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, GET, GET",
        "301, POST, GET",
        "301, PUT, PUT",
        "301, HEAD, HEAD",
        "302, POST, GET",
        "302, PATCH, PATCH",
        "303, POST, GET",
        "303, PUT, GET",
        "303, HEAD, HEAD",
        "307, POST, POST",
        "308, POST, POST",
        "308, DELETE, DELETE"
    })
    void keepsOrChangesTheMethod(int status, String before, String after) throws Exception {
        try (RawServer server = sending(status, "/end")) {
            CheckResult result = probe(
                    server.url() + "start",
                    Map.of("method", before, "body", "data", "headers", Map.of("Content-Type", "text/plain")));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            server.next();
            Conversation second = server.next();
            second.awaitClosedByPeer();
            assertThat(second.awaitHead()).startsWith(after + " /end ");
            boolean turned = !before.equals(after);
            assertThat(second.received().endsWith("\r\n\r\ndata")).isEqualTo(!turned);
            assertThat(second.awaitHead().contains("Content-Type")).isEqualTo(!turned);
        }
    }

    private static final Map<String, String> SECRETS = Map.of(
            "Authorization", "Bearer s3cret",
            "Cookie", "id=s3cret",
            "Proxy-Authorization", "s3cret",
            "X-Api-Key", "s3cret",
            "Host", "s3cret.example",
            "User-Agent", "mine");

    @Test
    void keepsItsHeadersOnTheSameHost() throws Exception {
        try (RawServer server = sending(302, "/end")) {
            probe(server.url() + "start", Map.of("headers", SECRETS));
            server.next();
            assertThat(server.next().awaitHead())
                    .contains("Authorization: Bearer s3cret", "Cookie: id=s3cret", "X-Api-Key: s3cret")
                    .containsIgnoringCase("host: s3cret.example");
        }
    }

    @Test
    void takesNoSecretToAnotherHost() throws Exception {
        try (RawServer other = RawServer.answering(OK);
                RawServer server = sending(302, other.url())) {
            CheckResult result = probe(server.url() + "start", Map.of("headers", SECRETS));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(other.next().awaitHead().toLowerCase(Locale.ROOT))
                    .doesNotContain("s3cret", "mine")
                    .contains("host: 127.0.0.1:" + other.port(), "user-agent: openuptimes/");
        }
    }

    /** Another port is a different origin. */
    @ParameterizedTest
    @CsvSource({
        "301, GET, GET",
        "302, GET, GET",
        "303, GET, GET",
        "307, GET, GET",
        "308, GET, GET",
        "301, HEAD, HEAD",
        "307, HEAD, HEAD",
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "303, PUT, GET",
        "303, DELETE, GET",
    })
    void carriesNeitherBodyNorChosenHeadersToAnotherOrigin(int status, String before, String after) throws Exception {
        try (RawServer other = RawServer.answering(OK);
                RawServer server = sending(status, other.url())) {
            CheckResult result =
                    probe(server.url() + "start", Map.of("method", before, "body", "s3cret-body", "headers", SECRETS));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            Conversation arrived = other.next();
            arrived.awaitClosedByPeer();
            assertThat(arrived.received())
                    .isEqualTo(after + " / HTTP/1.1\r\nhost: 127.0.0.1:" + other.port()
                            + "\r\nuser-agent: OpenUptimes/" + Version.CURRENT
                            + "\r\naccept: */*\r\nconnection: close\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, PUT",
        "301, PATCH",
        "301, DELETE",
        "301, OPTIONS",
        "302, PUT",
        "302, PATCH",
        "302, DELETE",
        "302, OPTIONS",
        "307, POST",
        "307, PUT",
        "307, PATCH",
        "307, DELETE",
        "307, OPTIONS",
        "308, POST",
        "308, PUT",
        "308, PATCH",
        "308, DELETE",
        "308, OPTIONS"
    })
    void repeatsNothingButGetAndHeadAtAnotherOrigin(int status, String method) throws Exception {
        try (RawServer other = RawServer.answering(OK);
                RawServer server = sending(status, other.url())) {
            CheckResult result =
                    probe(server.url() + "start", Map.of("method", method, "body", "data", "headers", SECRETS));
            assertThat(result.outcome()).isEqualTo(Outcome.REDIRECT);
            assertThat(result.error()).isEqualTo("redirect would repeat " + method + " on another origin");
            assertThat(result.statusCode()).isEqualTo(status);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void headersDoNotComeBackByWayOfAnotherOrigin() throws Exception {
        String[] back = new String[1];
        try (RawServer other = RawServer.of(conversation -> {
                    conversation.awaitHead();
                    conversation.send(redirect(307, back[0]));
                });
                RawServer server = sending(307, other.url())) {
            back[0] = server.url() + "end";
            assertThat(probe(server.url() + "start", Map.of("headers", SECRETS)).outcome())
                    .isEqualTo(Outcome.UP);
            server.next();
            assertThat(server.next().awaitHead()).doesNotContain("s3cret");
        }
    }

    @Test
    void hasOneDeadlineForAllHops() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            int n = number(conversation);
            Thread.sleep(600);
            conversation.send(redirect(302, "/" + (n + 1)));
        })) {
            CheckResult result = probe(server.url() + "0", Map.of("timeout", 2_000));
            assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
            // more than that of one hop
            assertThat(result.phases().firstByte()).isBetween(1_000, result.responseTime());
        }
    }
}
