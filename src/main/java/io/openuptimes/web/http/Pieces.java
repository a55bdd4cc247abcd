package io.openuptimes.web.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A response body that is read piece by piece. */
public interface Pieces {

    /** Preferred size of a piece, in bytes. */
    int SIZE = 32 * 1024;

    /**
     * Reads the next piece. Call it only after the previous call has completed.
     *
     * @return null after the last piece; a failure resets the response
     */
    Future<@Nullable Buffer> next();

    /**
     * Data in memory is sent without a copy, so larger pieces cost nothing, except with TLS, which has to encrypt them.
     */
    private static int sizeFor(HttpServerRequest request) {
        return request.isSSL() ? SIZE : 4 * SIZE;
    }

    /** Called once when no more pieces will be read, for whatever reason. */
    default void close() {}

    /**
     * These pieces, as long as the request stays authorized.
     *
     * @param permission confirmed before each piece; its failure resets the response
     */
    default Pieces during(Supplier<Future<Void>> permission) {
        Pieces pieces = this;
        return new Pieces() {
            @Override
            public Future<@Nullable Buffer> next() {
                return permission.get().compose(held -> pieces.next());
            }

            @Override
            public void close() {
                pieces.close();
            }
        };
    }

    /** A body in memory, without a copy. */
    static Pieces of(HttpServerRequest request, Buffer body) {
        return of(body, sizeFor(request));
    }

    /**
     * A body in memory, without a copy.
     *
     * @param size of a piece, in bytes
     */
    static Pieces of(Buffer body, int size) {
        return new Pieces() {
            private int at;

            @Override
            public Future<@Nullable Buffer> next() {
                int from = at;
                at = Math.min(body.length(), from + size);
                return Future.succeededFuture(from == at ? null : body.slice(from, at));
            }
        };
    }

    /** A body in shared arrays, without a copy. */
    static Pieces of(HttpServerRequest request, List<byte[]> body) {
        int size = sizeFor(request);
        return new Pieces() {
            private int array;
            private int at;

            @Override
            public Future<@Nullable Buffer> next() {
                while (array < body.size() && at == body.get(array).length) {
                    array++;
                    at = 0;
                }
                if (array == body.size()) {
                    return Future.succeededFuture(null);
                }
                byte[] bytes = body.get(array);
                int from = at;
                at = Math.min(bytes.length, from + size);
                return Future.succeededFuture(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, at - from)));
            }
        };
    }

    /** The length of a body in arrays, in bytes. */
    static long length(List<byte[]> body) {
        return body.stream().mapToLong(piece -> piece.length).sum();
    }
}
