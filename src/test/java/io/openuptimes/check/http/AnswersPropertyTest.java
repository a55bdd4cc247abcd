package io.openuptimes.check.http;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.openuptimes.check.net.NameFiles;
import io.openuptimes.check.net.SystemNames;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import io.openuptimes.testing.Services;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever bytes a target sends, in whatever pieces: the check ends with the same result, and holds little meanwhile. */
class AnswersPropertyTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static final List<String> ANSWERS = List.of(
            OK + "Content-Length: 5\r\nX-A: b\r\n\r\nhello",
            OK + "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n",
            OK + "\r\nuntil the end",
            "HTTP/1.0 500 No\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 204 None\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: a\r\n\r\n" + OK + "Content-Length: 0\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: ftp://a/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n\u0081\u0001a",
            "\r\n\r\n" + OK + "X-Folded: a\r\n b\r\n\tc\r\nContent-Length: 1\r\n\r\nx" + OK + "\r\n");

    private static final List<String> TOKENS = List.of(
            "\r\n",
            "\n",
            "\r",
            "HTTP/1.1 ",
            "HTTP/2 200\r\n\r\n",
            OK,
            "HTTP/1.1 99999 X\r\n",
            "HTTP/1.1 0 X\r\n",
            "HTTP/1.1 -1 X\r\n",
            "HTTP/1.1 100 C\r\n\r\n",
            "HTTP/1.1 102 P\r\nContent-Length: 9\r\n\r\n",
            "Content-Length: 9\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length: 4, 4\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Upgrade: websocket\r\n",
            ": \r\n",
            " folded\r\n",
            "ffffffff\r\n",
            "7fffffff\r\n",
            "0\r\n\r\n",
            ";" + "e".repeat(20_000),
            "X: " + "v".repeat(20_000) + "\r\n",
            "\r\n".repeat(9_000),
            "X-Many: 1\r\n".repeat(3_000),
            "b".repeat(600_000));

    /** Two heads as they may be held, and what is read at once. */
    private static final long MOST_HELD = 8L * AnswerDecoder.MAX_HEAD_BYTES;

    private static final Vertx VERTX = Vertx.vertx();
    private static final ClientTls TLS = tls();
    private static final SpareFiles SPARE = new SpareFiles(System::nanoTime);
    private static final Lane LANE = lane();

    private static ClientTls tls() {
        try {
            return new ClientTls(Trust.load(null), false, 0, Clock.systemUTC());
        } catch (InvalidSettingsException e) {
            throw new AssertionError(e);
        }
    }

    private static Lane lane() {
        EventLoop loop = ((ContextInternal) VERTX.getOrCreateContext()).nettyEventLoop();
        SystemNames names = new SystemNames(VERTX, NameFiles.system(), List.of());
        return new Lane((VertxInternal) VERTX, loop, names, TLS, SPARE, EgressPolicy.standard(), (service, result) -> {
            throw new AssertionError("no event loop stands still here");
        });
    }

    @AfterContainer
    static void close() {
        TLS.close();
        SPARE.close();
        await(VERTX.close());
    }

    @Provide
    Arbitrary<byte[]> answers() {
        return Mutations.of(ANSWERS, TOKENS);
    }

    @Property(tries = 600, seed = Seed.FIXED)
    void a_check_ends_alike_however_the_bytes_are_split(
            @ForAll("answers") byte[] answer, @ForAll long seed, @ForAll boolean head) {
        CheckResult whole = check(answer, head, left -> left);
        Random random = new Random(seed);
        assertAlike(check(answer, head, left -> 1 + random.nextInt(Math.min(left, 2_000))), whole);
        if (answer.length < 5_000) {
            assertAlike(check(answer, head, left -> 1), whole);
        }
    }

    @Property(tries = 300, seed = Seed.FIXED)
    void any_bytes_end_a_check(@ForAll byte[] answer) {
        assertAlike(check(answer, false, left -> 1), check(answer, false, left -> left));
    }

    /** Sizes at which a bound is reached. */
    @Example
    void bounds_count_bytes_and_not_reads() {
        int room = AnswerDecoder.MAX_HEAD_BYTES - (OK + "X: \r\n\r\n").length();
        for (int more = -3; more <= 3; more++) {
            byte[] headers = bytes(OK + "X: " + "v".repeat(room + more) + "\r\n\r\n");
            byte[] line = bytes("HTTP/1.1 200 " + "v".repeat(room + 5 + more) + "\r\n\r\n");
            byte[] blanks = bytes("\r\n".repeat(room / 2 + more) + OK + "\r\n");
            for (byte[] answer : List.of(headers, line, blanks)) {
                CheckResult whole = check(answer, false, left -> left);
                assertAlike(check(answer, false, left -> Math.min(left, 1_000)), whole);
                assertAlike(check(answer, false, left -> Math.min(left, 7)), whole);
            }
            assertThat(check(headers, false, left -> left).outcome())
                    .isEqualTo(more > 0 ? Outcome.PROTOCOL : Outcome.UP);
        }
    }

    @Example
    void a_body_of_little_more_than_framing_is_not_read_for_ever() {
        byte[] endless = bytes(OK + "Transfer-Encoding: chunked\r\n\r\n"
                + ("1;" + "e".repeat(10_000) + "\r\na\r\n").repeat(AnswerDecoder.MAX_BODY_BYTES / 10_000 + 1));
        assertThat(check(endless, false, left -> Math.min(left, 60_000)).outcome())
                .isEqualTo(Outcome.UP);
    }

    @Example
    void a_status_of_other_than_three_digits_is_none() {
        for (String status : List.of("0", "99", "1000", "99999", "-200")) {
            assertThat(check(bytes("HTTP/1.1 " + status + " OK\r\n\r\n"), false, left -> left)
                            .error())
                    .isEqualTo("not a valid HTTP answer");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertAlike(CheckResult split, CheckResult whole) {
        assertThat(split.outcome() + " " + split.statusCode() + " " + split.error())
                .isEqualTo(whole.outcome() + " " + whole.statusCode() + " " + whole.error());
    }

    /**
     * @param next how many bytes come at once, of so many that are left
     */
    private static CheckResult check(byte[] answer, boolean head, IntUnaryOperator next) {
        // a redirect would be followed to a real server
        Service service =
                Services.of("http://127.0.0.1:9/", Map.of("method", head ? "HEAD" : "GET", "followRedirects", false));
        Promise<CheckResult> result = Promise.promise();
        Attempt attempt = new Attempt(LANE, service, 0, false, result);
        Hop hop = Hop.first(service, Target.of(service.url()));
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(memory);
        attempt.takes(() -> channel.unsafe().close(channel.voidPromise()));
        new Exchange(LANE, attempt, hop).connected(channel);
        channel.releaseOutbound();
        for (int at = 0; at < answer.length && channel.isActive(); ) {
            int piece = next.applyAsInt(answer.length - at);
            ByteBuf bytes = Unpooled.wrappedBuffer(answer, at, piece);
            channel.writeInbound(bytes);
            assertThat(held(memory)).isLessThan(MOST_HELD + piece);
            at += piece;
        }
        channel.finishAndReleaseAll();
        assertThat(held(memory)).as("bytes that nobody has released").isZero();
        assertThat(result.future().isComplete()).isTrue();
        return result.future().result();
    }

    private static long held(UnpooledByteBufAllocator memory) {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }
}
