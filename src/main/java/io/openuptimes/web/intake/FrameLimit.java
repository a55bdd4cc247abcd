package io.openuptimes.web.intake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Limits an HTTP/2 connection's frames without content: SETTINGS, PING, RST_STREAM, PRIORITY, unknown frames and empty
 * DATA, per window. Every frame, and every header block including its continuations, has to arrive in time. The codec
 * itself rejects floods of small continuations.
 */
final class FrameLimit extends Http2FrameListenerDecorator implements Sweep.Watched {

    private final Intake intake;
    private final ArrivalTimeout arrival;
    private int control;
    private long windowStart;

    private FrameLimit(Http2FrameListener listener, Intake intake, ArrivalTimeout arrival) {
        super(listener);
        this.intake = intake;
        this.arrival = arrival;
        this.windowStart = intake.sweep().now();
    }

    /** Ignores connections that are not HTTP/2. Call this after the first SETTINGS frame has been read. */
    static void install(Channel channel, Intake intake) {
        Http2ConnectionHandler codec = channel.pipeline().get(Http2ConnectionHandler.class);
        if (codec != null) {
            ArrivalTimeout arrival = ArrivalTimeout.before(codec, channel, intake);
            Http2ConnectionDecoder decoder = codec.decoder();
            FrameLimit limit = new FrameLimit(decoder.frameListener(), intake, arrival);
            decoder.frameListener(limit);
            intake.sweep().add(limit);
            channel.closeFuture().addListener(closed -> intake.sweep().remove(limit));
        }
    }

    private void control() {
        arrival.complete();
        if (++control == intake.limits().controlFrames()) {
            arrival.end(Refusal.FLOOD);
        }
    }

    @Override
    public void sweep(long now) {
        if (now - windowStart >= intake.limits().bodyWindow().toMillis()) {
            windowStart = now;
            control = 0;
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        if (data.isReadable() || last) {
            arrival.complete();
        } else {
            control();
        }
        return super.onDataRead(context, stream, data, padding, last);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last)
            throws Http2Exception {
        arrival.complete();
        super.onHeadersRead(context, stream, headers, padding, last);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last)
            throws Http2Exception {
        arrival.complete();
        super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, last);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment) throws Http2Exception {
        arrival.complete(); // not counted: their number depends on the responses read
        super.onWindowUpdateRead(context, stream, increment);
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext context, int stream, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        control();
        super.onPriorityRead(context, stream, dependency, weight, exclusive);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long errorCode) throws Http2Exception {
        control();
        super.onRstStreamRead(context, stream, errorCode);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        control();
        super.onSettingsAckRead(context);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        control();
        super.onSettingsRead(context, settings);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        control();
        super.onPingRead(context, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
        control();
        super.onPingAckRead(context, data);
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        control();
        super.onUnknownFrame(context, type, stream, flags, payload);
    }
}
