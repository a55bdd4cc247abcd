package io.openuptimes.web.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The body of an answer, read piece by piece. */
public interface Pieces {

    /** The size of a piece, in bytes, where the source can choose it. */
    int SIZE = 32 * 1024;

    /**
     * The next piece; called again only after the one before has completed.
     *
     * @return null after the last; a failure resets the answer
     */
    Future<@Nullable Buffer> next();

    /** What is in memory already is sent from there, unless it has to be encrypted: then larger pieces cost nothing. */
    private static int sizeFor(HttpServerRequest request) {
        return request.isSSL() ? SIZE : 4 * SIZE;
    }

    /** Told once when no more is read, for whatever reason. */
    default void close() {}

    /**
     * These pieces for as long as a right lasts.
     *
     * @param permission looked at before each piece; where it fails the answer is reset
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

    /** A body in memory, without copying it. */
    static Pieces of(HttpServerRequest request, Buffer body) {
        return of(body, sizeFor(request));
    }

    /**
     * A body in memory, without copying it.
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

    /** A body in arrays that many share, without copying them. */
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
