package io.openuptimes.check.type.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Discards the body of an answer and reports the length of each piece. */
final class BodyMeter implements BodyCodec<Void>, BodyStream<Void> {

    private final IntConsumer received;
    private final Promise<Void> result = Promise.promise();

    /**
     * @param received called with the number of bytes of each piece
     */
    BodyMeter(IntConsumer received) {
        this.received = received;
    }

    @Override
    public BodyStream<Void> stream() {
        return this;
    }

    @Override
    public Future<Void> write(Buffer data) {
        received.accept(data.length());
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        result.tryComplete();
        return result.future();
    }

    @Override
    public Future<Void> result() {
        return result.future();
    }

    @Override
    public void handle(Throwable failure) {
        result.tryFail(failure);
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public BodyStream<Void> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
