package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;

/**
 * Ends a connection if what has begun to arrive, a request's head or a frame, is not complete in time. Stands before the
 * codec, which tells when something is complete; in between, a connection may be idle.
 *
 * <p>What begins in the same read as the end of what came before counts from the next bytes on.
 */
final class ArrivalTimeout extends ChannelInboundHandlerAdapter implements Sweep.Watched {

    private static final long NONE = -1;

    private final Channel channel;
    private final Intake intake;
    /** Since when something is awaited; {@link #NONE} while nothing is. */
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

    /** Something is awaited from now on, even if nothing of it has come yet. */
    void await() {
        since = intake.sweep().now();
    }

    /** All that was awaited has come. */
    void complete() {
        since = NONE;
    }

    /** What comes is timed in another way until {@link #resume}. */
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
            since = now; // it is us who do not read
        } else if (now - since >= intake.limits().head().toMillis()) {
            end(Refusal.SLOW_HEAD);
        }
    }

    /** Ends the connection without a word: the codec would say goodbye first and wait for what is under way. */
    void end(Refusal reason) {
        complete();
        intake.metrics().refused(reason);
        ChannelHandlerContext own = channel.pipeline().context(this);
        if (own != null) {
            own.close().addListener(closed -> intake.sweep().remove(this));
        }
    }
}
