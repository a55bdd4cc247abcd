package io.openuptimes.web.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A long text shared by several responses, compressed when a caller first accepts gzip.
 *
 * <p>Belongs to one event loop.
 */
public final class SharedText {

    private final CharSequence type;
    private final List<byte[]> plain;
    private final long length;
    private final Readers readers;
    private @Nullable Future<List<byte[]>> gzip;

    /**
     * @param plain must not be modified
     */
    public SharedText(CharSequence type, List<byte[]> plain) {
        this.type = type;
        this.plain = plain;
        this.length = Pieces.length(plain);
        this.readers = new Readers(length);
    }

    /**
     * Sends the text. Set {@code Cache-Control} before the call.
     *
     * @param worker runs the compression off the event loop
     */
    public void answer(RoutingContext context, Function<Callable<List<byte[]>>, Future<List<byte[]>>> worker) {
        if (!ContentCoding.isGzip(context, type, length)) {
            send(context, plain);
            return;
        }
        Future<List<byte[]>> made = gzip;
        if (made == null || made.failed()) {
            made = worker.apply(() -> Gzip.of(plain));
            gzip = made;
        }
        made.onFailure(context::fail).onSuccess(pieces -> {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, ContentCoding.GZIP);
            send(context, pieces);
        });
    }

    private void send(RoutingContext context, List<byte[]> body) {
        Answers.stream(context, type, Pieces.of(context.request(), body), Pieces.length(body), readers);
    }
}
