package io.openuptimes.check.type.line;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.openuptimes.check.net.Attempt;
import io.openuptimes.check.net.Connection;
import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.NetworkFailures;
import io.openuptimes.check.net.Step;
import io.openuptimes.check.net.tls.Alpn;
import io.openuptimes.check.net.tls.TlsDemands;
import io.openuptimes.check.type.Observation;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Target;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One connection that reads a banner. */
final class LineAttempt extends Attempt<Observation> implements Connection.Caller {

    private static final int MAX_LINE = 512;

    private final LineSpec spec;
    private final Target target;
    private final Runnable connected;
    private final Connection connection;

    /**
     * @param timeout milliseconds
     */
    LineAttempt(int timeout, LineSpec spec, Target target, Runnable connected) {
        super(timeout);
        this.spec = spec;
        this.target = target;
        this.connected = connected;
        this.connection = new Connection(this, target, TlsDemands.of(spec, target, target, Alpn.NONE), this);
    }

    @Override
    protected LineAttempt again() {
        return new LineAttempt(timeout(), spec, target, connected);
    }

    @Override
    protected void converse() {
        connection.open();
    }

    @Override
    public void opened(Channel channel, @Nullable String protocol) {
        channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE), new Banner());
        connected.run();
    }

    @Override
    public void failed(Throwable cause) {
        Failure known = connection.failure(cause);
        end(known != null ? known : new Failure(Outcome.PROTOCOL, "connection closed within the banner"));
    }

    @Override
    protected void late() {
        end(NetworkFailures.late(step(), timeout()));
    }

    @Override
    protected Observation seen(@Nullable Failure failure) {
        return Observation.of(this, failure, 0, connection.peer("line", null));
    }

    private final class Banner extends ChannelInboundHandlerAdapter {

        private int lines;

        @Override
        public void channelRead(ChannelHandlerContext context, Object line) {
            ReferenceCountUtil.release(line);
            enter(Step.BODY);
            if (++lines == spec.lines()) {
                end(null);
            }
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
