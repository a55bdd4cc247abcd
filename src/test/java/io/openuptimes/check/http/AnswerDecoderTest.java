package io.openuptimes.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.openuptimes.model.Method;
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
}
