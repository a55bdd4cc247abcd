package io.openuptimes.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes messages by reference. */
final class LocalCodec implements MessageCodec<Message, Message> {

    static final String NAME = "openuptimes.local";

    @Override
    public void encodeToWire(Buffer buffer, Message message) {
        throw new UnsupportedOperationException("messages stay within the process");
    }

    @Override
    public Message decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("messages stay within the process");
    }

    @Override
    public Message transform(Message message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
