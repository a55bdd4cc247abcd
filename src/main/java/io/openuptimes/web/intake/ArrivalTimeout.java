package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;

/**
 * Closes a connection if a request head or frame that has begun to arrive is not complete in time. Sits before the
 * codec, which reports completion. In between, a connection may be idle.
 *
 * <p>If the next message begins in the same read as the end of the previous one, its time starts with the following
 * bytes.
 */
final class ArrivalTimeout extends ChannelInboundHandlerAdapter implements Sweep.Watched {

    private static final long NONE = -1;

    private final Channel channel;
    private final Intake intake;
    /** Start of the current wait; {@link #NONE} if there is none. */
    private long since = NONE;

    private boolean suspended;

    private ArrivalTimeout(Channel channel, Intake intake) {
        this.channel = channel;
        this.intake = intake;
    }

    static ArrivalTimeout before(ChannelHandler codec, Channel channel, Intake intake) {
        ArrivalTimeout timeout = new ArrivalTimeout(channel, intake);
        String name = Objects.requireNonNull(channel.pipeline().context(codec)).name();
        channel.pipeline().addBefore(name, "arrivalTimeout", timeout);
        intake.sweep().add(timeout);
        return timeout;
    }

    /** Starts the wait, even before the first byte. */
    void await() {
        since = intake.sweep().now();
    }

    /** Ends the wait. */
    void complete() {
        since = NONE;
    }

    /** Disables the timeout until {@link #resume}, while something else times the input. */
    void suspend() {
        suspended = true;
        since = NONE;
    }

    void resume() {
        suspended = false;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (since == NONE && !suspended) {
            since = intake.sweep().now();
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        intake.sweep().remove(this);
        context.fireChannelInactive();
    }

    @Override
    public void sweep(long now) {
        if (since == NONE) {
            return;
        }
        if (!channel.config().isAutoRead()) {
            since = now; // the server has paused reading
        } else if (now - since >= intake.limits().head().toMillis()) {
            end(Refusal.SLOW_HEAD);
        }
    }

    /** Closes the connection directly: the codec would first send a GOAWAY and wait for pending requests. */
    void end(Refusal reason) {
        complete();
        intake.metrics().refused(reason);
        ChannelHandlerContext own = channel.pipeline().context(this);
        if (own != null) {
            own.close().addListener(closed -> intake.sweep().remove(this));
        }
    }
}
