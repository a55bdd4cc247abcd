package io.openuptimes.check.egress;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.openuptimes.check.net.Attempt;
import io.openuptimes.check.net.Connection;
import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.NetworkFailures;
import io.openuptimes.check.net.Step;
import io.openuptimes.check.net.tls.Alpn;
import io.openuptimes.check.net.tls.Causes;
import io.openuptimes.check.net.tls.TlsDemands;
import io.openuptimes.config.ReferenceTarget;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Target;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tries to get an answer of any kind from a reference target. An answer is: for {@code tcp}, a connection or its refusal;
 * for {@code https}, also the end of the TLS handshake, be it a failure; for {@code http}, a byte of the response or the
 * end of the connection.
 */
final class ReferenceAttempt extends Attempt<Optional<Failure>> implements Connection.Caller {

    private static final TlsDemands ANY_CERTIFICATE = new TlsDemands(true, null, null, false, Alpn.NONE);

    private final ReferenceTarget reference;
    private final Target target;
    private final Connection connection;

    /**
     * @param timeout milliseconds
     */
    ReferenceAttempt(ReferenceTarget reference, int timeout) {
        super(timeout);
        this.reference = reference;
        this.target = new Target(
                reference.scheme() == ReferenceTarget.Scheme.HTTPS,
                reference.host(),
                reference.port(),
                reference.requestUri());
        this.connection = new Connection(this, target, ANY_CERTIFICATE, this);
    }

    @Override
    protected boolean isOperators() {
        return true;
    }

    @Override
    protected ReferenceAttempt again() {
        return new ReferenceAttempt(reference, timeout());
    }

    @Override
    protected void converse() {
        connection.open();
    }

    @Override
    public void opened(Channel channel, @Nullable String protocol) {
        if (reference.scheme() != ReferenceTarget.Scheme.HTTP) {
            end(null);
            return;
        }
        channel.pipeline().addLast(new Reader());
        var unused = channel.writeAndFlush(ByteBufUtil.writeUtf8(
                channel.alloc(),
                "GET " + target.requestUri() + " HTTP/1.1\r\nHost: " + target.authority()
                        + "\r\nUser-Agent: OpenUptimes\r\nConnection: close\r\n\r\n"));
    }

    @Override
    public void failed(Throwable cause) {
        if (isAnswer(cause)) {
            end(null);
            return;
        }
        Failure known = connection.failure(cause);
        end(known != null ? known : new Failure(Outcome.CONNECT, "connection could not be opened"));
    }

    private boolean isAnswer(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "").toLowerCase(Locale.ROOT);
        if (step() == Step.CONNECT) {
            return message.contains("refused");
        }
        return step() != Step.LOOKUP
                && (message.contains("reset")
                        || Causes.has(cause, SSLException.class)
                        || Causes.has(cause, ClosedChannelException.class));
    }

    @Override
    protected void late() {
        end(NetworkFailures.late(step(), timeout()));
    }

    @Override
    protected Optional<Failure> seen(@Nullable Failure failure) {
        return Optional.ofNullable(failure);
    }

    private final class Reader extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ReferenceCountUtil.release(bytes);
            end(null);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            failed(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
        }
    }
}
