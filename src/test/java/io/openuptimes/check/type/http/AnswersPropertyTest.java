package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.openuptimes.check.net.Step;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Any response is decoded the same in any chunks, with bounded buffering. */
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
            "b".repeat(600_000),
            "\u0015\u0003\u0001",
            "chunked, chunked\r\n",
            "5  \n");

    /** Two heads at their maximum size, and one read. */
    private static final long MOST_HELD = 8L * AnswerDecoder.MAX_HEAD_BYTES;

    /**
     * What is read of an answer.
     *
     * @param status of its head, 0 where there is none
     * @param end how it ends: complete, broken off, or why it cannot be read
     */
    record Read(int status, String end) {}

    @Provide
    Arbitrary<byte[]> answers() {
        return Mutations.of(ANSWERS, TOKENS);
    }

    @Property(tries = 600, seed = Seed.FIXED)
    void a_check_ends_alike_however_the_bytes_are_split(
            @ForAll("answers") byte[] answer, @ForAll long seed, @ForAll boolean head) {
        Read whole = read(answer, head, left -> left);
        Random random = new Random(seed);
        assertAlike(read(answer, head, left -> 1 + random.nextInt(Math.min(left, 2_000))), whole);
        if (answer.length < 5_000) {
            assertAlike(read(answer, head, left -> 1), whole);
        }
    }

    @Property(tries = 300, seed = Seed.FIXED)
    void any_bytes_end_a_check(@ForAll byte[] answer) {
        assertAlike(read(answer, false, left -> 1), read(answer, false, left -> left));
    }

    /** Sizes around each bound. */
    @Example
    void bounds_count_bytes_and_not_reads() {
        int room = AnswerDecoder.MAX_HEAD_BYTES - (OK + "X: \r\n\r\n").length();
        for (int more = -3; more <= 3; more++) {
            byte[] headers = bytes(OK + "X: " + "v".repeat(room + more) + "\r\n\r\n");
            byte[] line = bytes("HTTP/1.1 200 " + "v".repeat(room + 5 + more) + "\r\n\r\n");
            byte[] blanks = bytes("\r\n".repeat(room / 2 + more) + OK + "\r\n");
            for (byte[] answer : List.of(headers, line, blanks)) {
                Read whole = read(answer, false, left -> left);
                assertAlike(read(answer, false, left -> Math.min(left, 1_000)), whole);
                assertAlike(read(answer, false, left -> Math.min(left, 7)), whole);
            }
            assertThat(read(headers, false, left -> left).end())
                    .isEqualTo(more > 0 ? "response headers are too large" : "complete");
        }
    }

    @Example
    void a_body_of_little_more_than_framing_is_not_read_for_ever() {
        byte[] endless = bytes(OK + "Transfer-Encoding: chunked\r\n\r\n"
                + ("1;" + "e".repeat(10_000) + "\r\na\r\n").repeat(AnswerDecoder.MAX_BODY_BYTES / 10_000 + 1));
        assertThat(read(endless, false, left -> Math.min(left, 60_000))).isEqualTo(new Read(200, "complete"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertAlike(Read split, Read whole) {
        assertThat(split).isEqualTo(whole);
    }

    /**
     * @param next how many bytes come at once, of so many that are left
     */
    private static Read read(byte[] answer, boolean head, IntUnaryOperator next) {
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(memory);
        Reader reader = new Reader();
        channel.pipeline().addLast(new AnswerDecoder(head ? Method.HEAD : Method.GET, () -> {}), reader);
        for (int at = 0; at < answer.length && reader.end == null; ) {
            int piece = next.applyAsInt(answer.length - at);
            channel.writeInbound(Unpooled.wrappedBuffer(answer, at, piece));
            assertThat(held(memory)).isLessThan(MOST_HELD + piece);
            at += piece;
        }
        channel.finishAndReleaseAll();
        assertThat(held(memory)).as("bytes that nobody has released").isZero();
        return new Read(reader.status, reader.end == null ? "broken off" : reader.end);
    }

    /** As the client takes them: what comes behind the end is not read. */
    private static final class Reader extends ChannelInboundHandlerAdapter {

        private int status;
        private @Nullable String end;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            HttpObject part = (HttpObject) message;
            if (end == null) {
                if (part.decoderResult().isFailure()) {
                    fail(part.decoderResult().cause());
                } else {
                    status = part instanceof HttpResponse head ? head.status().code() : status;
                    end = part instanceof LastHttpContent ? "complete" : null;
                }
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (end == null) {
                fail(cause);
            }
        }

        private void fail(Throwable cause) {
            if (!(cause instanceof PrematureChannelClosureException)) {
                end = FailureClassifier.of(Step.ANSWER, cause, null, true).text();
            }
        }
    }

    private static long held(UnpooledByteBufAllocator memory) {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }
}
