package io.openuptimes.web.access;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.RawClient;
import io.openuptimes.testing.Seed;
import io.openuptimes.web.http.Mount;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** With any {@code Cookie} header, a request is treated as having the cookie or not. */
class CookiesPropertyTest {

    private static final String SESSION = StrictCookie.SESSION + "=";

    private static final Vertx VERTX = Vertx.vertx();
    private static final ClientAddress NOBODY = new ClientAddress(new TrustedProxies(List.of()), new XForwarded());
    private static final StrictCookie COOKIE =
            new StrictCookie(StrictCookie.SESSION, NOBODY, new Mount("", new OuterAddress(NOBODY, List.of())));
    private static final HttpServer SERVER = await(
            VERTX.createHttpServer().requestHandler(CookiesPropertyTest::answer).listen(0, "127.0.0.1"));

    private static void answer(HttpServerRequest request) {
        String answer;
        try {
            answer = "value " + COOKIE.of(request);
        } catch (RuntimeException e) {
            answer = "failed " + e;
        }
        request.response().end(answer);
    }

    @AfterContainer
    static void close() {
        await(VERTX.close());
    }

    @Provide
    Arbitrary<byte[]> cookies() {
        return Mutations.of(
                List.of(
                        SESSION + "abc",
                        "theme=dark; " + SESSION + "abc; a=\"b\"",
                        "$Version=1; " + SESSION + "\"abc\"; $Path=/"),
                List.of(";", "=", "\"", " ", ",", "$", "\\", "\t", "\u00e9", SESSION, "__Host-", ";".repeat(2_000)));
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void a_cookie_is_there_or_not(@ForAll("cookies") byte[] header) throws IOException {
        String text = new String(header, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x08\\x0A-\\x1F\\x7F]", "");
        assertThat(answerTo(text)).startsWith("HTTP/1.1 200").contains("value ");
    }

    @Example
    void a_cookie_that_is_there_is_found() throws IOException {
        assertThat(answerTo("theme=dark; " + SESSION + "abc; other=1")).endsWith("value abc");
    }

    private static String answerTo(String cookies) throws IOException {
        try (RawClient client = new RawClient(SERVER.actualPort())) {
            return client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + cookies + "\r\n\r\n")
                    .answer();
        }
    }
}
