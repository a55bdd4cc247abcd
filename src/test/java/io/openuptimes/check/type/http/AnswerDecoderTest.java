package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerDecoderTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new AnswerDecoder(Method.GET, () -> {}));
    private final List<Integer> heads = new ArrayList<>();
    private int ends;

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        channel.checkException();
        drain();
    }

    private void drain() {
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            if (part instanceof HttpResponse head) {
                heads.add(head.status().code());
            }
            if (part instanceof LastHttpContent) {
                ends++;
            }
            ReferenceCountUtil.release(part);
        }
    }

    @Test
    void aBodyThatIsTooLongEndsWithoutAnException() {
        receive("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n");
        String piece = "x".repeat(100_000);
        for (int i = 0; i < 20; i++) {
            receive(piece);
        }

        assertThat(heads).containsExactly(200);
        assertThat(ends).isOne();
    }

    @Test
    void eachHeadHasTheWholeBound() {
        String links = "Link: <" + "x".repeat(AnswerDecoder.MAX_HEAD_BYTES - 100) + ">\r\n";
        receive("HTTP/1.1 103 Early Hints\r\n" + links + "\r\n");
        receive("HTTP/1.1 200 OK\r\n" + links + "Content-Length: 0\r\n\r\n");

        assertThat(heads).containsExactly(200);
        assertThat(ends).isOne();
    }

    /** The body read so far is as long as a head may be, and looks like TLS afterwards. */
    @Test
    void aBodyIsNotTakenForTls() {
        receive("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n");
        receive("x".repeat(AnswerDecoder.MAX_BODY_BYTES - AnswerDecoder.MAX_HEAD_BYTES));
        receive("\u0016\u0003" + "x".repeat(900_000));

        assertThat(heads).containsExactly(200);
        assertThat(ends).isOne();
    }

    @Test
    void anyTransferCodingOverridesTheLength() {
        receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(ends).isZero();
        channel.finish();
        drain();
        assertThat(ends).isOne();
    }
}
