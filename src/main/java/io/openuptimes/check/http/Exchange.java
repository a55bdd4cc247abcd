package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.openuptimes.model.Method;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Target;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.Address;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request of a check, made through the {@code WebClient}, and its answer, on a connection of its own.
 *
 * <p>It is the {@link Address} of the request: so it reaches {@link FreshConnections}, which calls it back to {@linkplain
 * #connect open the connection}.
 */
final class Exchange implements Address, Dial.Caller {

    private static final SwallowedExceptions SWALLOWED = new SwallowedExceptions();

    private final Lane lane;
    private final Attempt attempt;
    private final Hop hop;
    private @Nullable RequestOptions options;
    private @Nullable Promise<HttpClientRequest> request;
    private @Nullable Answer answer;
    private @Nullable InetSocketAddress remote;
    private @Nullable String tlsVersion;
    private boolean over;

    Exchange(Lane lane, Attempt attempt, Hop hop) {
        this.lane = lane;
        this.attempt = attempt;
        this.hop = hop;
    }

    /** Sends the request. To be called on the attempt's context, as the client takes its own from there. */
    void start() {
        Target target = hop.target();
        HttpRequest<Void> prepared = lane.client()
                .request(
                        HttpMethod.valueOf(hop.method().name()),
                        new RequestOptions()
                                .setServer(this)
                                .setHost(target.host())
                                .setPort(target.port())
                                .setSsl(target.tls())
                                .setURI(target.requestUri())
                                .setHeaders(hop.headers()))
                .as(new BodyMeter(this::received));
        String body = hop.body();
        (body == null ? prepared.send() : prepared.sendBuffer(Buffer.buffer(body))).onComplete(this::settle);
    }

    Target target() {
        return hop.target();
    }

    Method method() {
        return hop.method();
    }

    /** Opens the connection; for {@link FreshConnections}. */
    Future<HttpClientRequest> connect(RequestOptions requested) {
        Promise<HttpClientRequest> opened = attempt.context().promise();
        options = requested;
        request = opened;
        new Dial(lane, attempt, hop.target(), this).start();
        return opened.future();
    }

    @Override
    public void connected(Channel channel) {
        remote = channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
        if (hop.target().tls()) {
            handshake(channel);
        } else {
            speak(channel, null);
        }
    }

    private void handshake(Channel channel) {
        attempt.enter(Step.HANDSHAKE);
        SslHandler tls = lane.tls().handler(hop.target(), attempt.ignoresTlsErrors(), channel.alloc());
        channel.pipeline().addLast(tls, SWALLOWED);
        tls.handshakeFuture().addListener(done -> {
            if (!attempt.isOver()) {
                if (done.isSuccess()) {
                    tlsVersion = tls.engine().getSession().getProtocol();
                    speak(channel, tls.applicationProtocol());
                } else {
                    fail(done.cause());
                }
            }
        });
    }

    private void speak(Channel channel, @Nullable String protocol) {
        attempt.enter(Step.ANSWER);
        attempt.context().emit(channel, open -> {
            try {
                lane.connections().speak(attempt.context(), open, this, protocol, options).onComplete(this::ready);
            } catch (RuntimeException e) {
                fail(e);
            }
        });
    }

    private void ready(AsyncResult<HttpClientRequest> prepared) {
        if (attempt.isOver()) {
            return;
        }
        if (prepared.failed()) {
            fail(prepared.cause());
            return;
        }
        prepared.result().response().onSuccess(head -> {
            if (!over && !attempt.isOver()) {
                begin(Answer.of(head));
            }
        });
        request.complete(prepared.result());
    }

    private void begin(Answer head) {
        answer = head;
        if (!head.hasValidStatus()) {
            fail(new UnreadableAnswerException("its status code has not three digits"));
        } else if (!attempt.answering(head)) {
            end(head);
        }
    }

    private void received(int bytes) {
        Answer begun = answer;
        if (!over && begun != null && begun.received(bytes)) {
            end(begun);
        }
    }

    private void settle(AsyncResult<HttpResponse<Void>> done) {
        if (over || attempt.isOver()) {
            return;
        }
        if (done.succeeded() && answer != null) {
            end(answer);
        } else {
            fail(done.cause());
        }
    }

    /** Whether an answer without a length has begun and still sends. */
    boolean goesOn() {
        return answer != null && answer.goesOn();
    }

    /** The server that was connected to; null before that. */
    @Nullable
    Peer peer() {
        InetSocketAddress to = remote;
        if (to == null) {
            return null;
        }
        return new Peer(NetUtil.toSocketAddressString(to), answer == null ? null : answer.protocol(), tlsVersion, null);
    }

    /** The rest of the answer, if any, says no more. */
    private void end(Answer complete) {
        over = true;
        attempt.answered(hop, complete);
    }

    @Override
    public void failed(Throwable cause) {
        fail(cause);
    }

    @Override
    public void denied(String rule) {
        attempt.denied(rule);
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            attempt.fail(cause);
        }
    }

    /** The future of the handshake tells of them, too. */
    @Sharable
    private static final class SwallowedExceptions extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }
}
