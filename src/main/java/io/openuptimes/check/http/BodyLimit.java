package io.openuptimes.check.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body and drops it, up to a limit. A longer one fails the request with {@link Reached}, which is no failure of
 * the check: the status is known, and the rest of the body is not worth the traffic.
 */
final class BodyLimit implements BodyCodec<Void> {

    static final int BYTES = 1 << 20;

    /** The limit was reached. */
    static final class Reached extends VertxException {
        Reached() {
            super("the body is longer than is read", true);
        }
    }

    @Override
    public BodyStream<Void> stream() {
        return new Counter();
    }

    private static final class Counter implements BodyStream<Void> {

        private final Promise<Void> result = Promise.promise();
        private long bytes;

        @Override
        public Future<Void> write(Buffer data) {
            bytes += data.length();
            return bytes > BYTES ? Future.failedFuture(new Reached()) : Future.succeededFuture();
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
}
