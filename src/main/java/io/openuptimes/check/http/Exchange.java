package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.openuptimes.check.tls.Handshake;
import io.openuptimes.check.tls.TlsDemands;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on a connection of its own. */
final class Exchange extends ChannelInboundHandlerAdapter implements Dial.Caller {

    private static final int MOST_INTERIM_ANSWERS = 50;

    /** A status code has three digits (RFC 9110, section 15). */
    private static final int MIN_CODE = 100;

    private static final int MAX_CODE = 999;

    private final Lane lane;
    private final Attempt attempt;
    private final Hop hop;
    private final TlsDemands demands;
    private @Nullable Handshake handshake;

    private int status;
    private @Nullable String location;
    private int interimAnswers;
    private boolean dropping;
    private boolean over;

    Exchange(Lane lane, Attempt attempt, Hop hop) {
        this(lane, attempt, hop, attempt.tlsDemands(hop.target()));
    }

    private Exchange(Lane lane, Attempt attempt, Hop hop, TlsDemands demands) {
        this.lane = lane;
        this.attempt = attempt;
        this.hop = hop;
        this.demands = demands;
    }

    void start() {
        String certificate = demands.clientCertificate();
        if (certificate != null && !lane.tls().hasCertificate(certificate)) {
            attempt.lacksCertificate(certificate);
            return;
        }
        new Dial(lane, attempt, hop.target(), this).start();
    }

    @Override
    public void connected(Channel channel) {
        channel.pipeline().addLast(this);
        ChannelHandlerContext context = channel.pipeline().lastContext();
        if (hop.target().tls()) {
            attempt.enter(Step.HANDSHAKE);
            handshake = lane.tls().begin(hop.target(), demands, context.alloc());
            context.pipeline().addFirst(handshake.handler());
        } else {
            send(context);
        }
    }

    @Override
    public void failed(Throwable cause) {
        fail(cause);
    }

    @Override
    public void denied(String rule) {
        attempt.denied(rule);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done && !over && !attempt.isOver()) {
            if (done.isSuccess()) {
                send(context);
            } else {
                handshakeFailed(done.cause());
            }
        }
    }

    private void handshakeFailed(Throwable cause) {
        TlsDemands other = handshake == null ? null : handshake.otherEngine(cause);
        if (other == null) {
            fail(cause);
        } else {
            over = true;
            attempt.closeConnection();
            new Exchange(lane, attempt, hop, other).start();
        }
    }

    private void send(ChannelHandlerContext context) {
        attempt.enter(Step.ANSWER);
        context.pipeline().addBefore(context.name(), null, new AnswerDecoder(hop.method()));
        var unused = context.writeAndFlush(hop.encode(context.alloc()), context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!over && message instanceof HttpObject part) {
                read(part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse head) {
            readHead(head);
        }
        if (part instanceof HttpContent content && !over) {
            readBody(content);
        }
    }

    private void readHead(HttpResponse head) {
        int code = head.status().code();
        dropping = AnswerDecoder.isInterim(code);
        if (dropping) {
            if (++interimAnswers > MOST_INTERIM_ANSWERS) {
                fail(new TooLongFrameException("more than " + MOST_INTERIM_ANSWERS + " interim answers"));
            }
            return;
        }
        HttpVersion version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            fail(new IllegalArgumentException("not a version of HTTP that was asked for"));
            return;
        }
        if (code < MIN_CODE || code > MAX_CODE) {
            fail(new IllegalArgumentException("not a status code"));
            return;
        }
        status = code;
        location = head.headers().get(HttpHeaderNames.LOCATION);
        attempt.answering(status);
    }

    private void readBody(HttpContent content) {
        if (!dropping && content instanceof LastHttpContent) {
            over = true;
            attempt.answered(hop, status, location);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!over && !attempt.isOver()) {
            fail(new ClosedChannelException());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            attempt.fail(cause, handshake);
        }
    }
}
