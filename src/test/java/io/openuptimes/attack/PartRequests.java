package io.openuptimes.attack;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.openuptimes.attack.AnswerCheck.Answer;
import io.openuptimes.attack.GeneratedRequest.Manner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends three quarters of a request, or a request whose response is not read. Each keeps its connection open until some
 * dozens more were sent. Responses to incomplete requests are validated then; most get none.
 *
 * <p>Confined to one event loop.
 */
final class PartRequests {

    private static final int LEFT_OPEN = 40;
    private static final int MOST_BYTES = 1 << 20;

    private final int port;
    private final AnswerCheck check;
    private final NetClient client;
    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(GeneratedRequest request, NetSocket socket, Buffer answer) {}

    PartRequests(Vertx vertx, int port, AnswerCheck check) {
        this.port = port;
        this.check = check;
        this.client = vertx.createNetClient();
    }

    Future<?> send(GeneratedRequest request) {
        Buffer all = bytes(request);
        Buffer sent = request.manner() == Manner.HALF ? all.getBuffer(0, all.length() * 3 / 4) : all;
        return client.connect(port, "127.0.0.1").compose(socket -> {
            Open connection = new Open(request, socket, Buffer.buffer());
            socket.exceptionHandler(broken -> {}); // treated as closed
            if (request.manner() == Manner.UNREAD) {
                socket.pause();
            } else {
                socket.handler(some -> received(connection, some));
            }
            open.addLast(connection);
            if (open.size() > LEFT_OPEN) {
                end(open.removeFirst());
            }
            return socket.write(sent).otherwiseEmpty();
        });
    }

    private static void received(Open connection, Buffer some) {
        if (connection.answer().length() < MOST_BYTES) {
            connection.answer().appendBuffer(some);
        }
    }

    private static Buffer bytes(GeneratedRequest request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.uri() + " HTTP/1.1\r\nHost: a\r\n");
        request.caller().headers().forEach(header -> line(head, header));
        request.headers().forEach(header -> line(head, header));
        Buffer body = request.body() == null ? Buffer.buffer() : request.body();
        head.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
        return Buffer.buffer(head.toString()).appendBuffer(body);
    }

    private static void line(StringBuilder head, Map.Entry<String, String> header) {
        head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }

    /** Closes all connections. */
    void end() {
        open.forEach(this::end);
        open.clear();
    }

    private void end(Open connection) {
        connection.socket().close();
        if (connection.answer().length() > 0) {
            Answer answer = answer(connection.answer());
            if (answer != null) {
                check.check(connection.request(), answer);
            }
        }
    }

    /** Null if the response is incomplete: its status is incomplete, too, or the response never ends. */
    private static @Nullable Answer answer(Buffer bytes) {
        EmbeddedChannel decoder = new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(MOST_BYTES));
        try {
            decoder.writeInbound(Unpooled.wrappedBuffer(bytes.getBytes()));
            FullHttpResponse answer = decoder.readInbound();
            if (answer == null) {
                return null;
            }
            byte[] body = new byte[answer.content().readableBytes()];
            answer.content().readBytes(body);
            answer.release();
            return new Answer(
                    answer.status().code(),
                    answer.headers().get("Content-Type"),
                    answer.headers().get("Retry-After"),
                    Buffer.buffer(body));
        } finally {
            decoder.finishAndReleaseAll();
        }
    }
}
