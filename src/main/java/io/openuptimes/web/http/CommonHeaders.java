package io.openuptimes.web.http;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Date;

/**
 * The headers that every response starts with: the security headers and {@code Date}. They are rebuilt once a second
 * and shared by all responses of an event loop; a response copies them when it adds its first header. Requests never
 * read the clock.
 *
 * <p>Belongs to one event loop.
 */
public final class CommonHeaders {

    private static final long REFRESH_MILLIS = 1_000;
    private static final String KEY = CommonHeaders.class.getName();

    /**
     * @param whole for any response
     * @param notModified for a 304, as short as possible
     * @param publicRead whether pages of any origin may read the response
     */
    private record Headers(MultiMap whole, MultiMap notModified, boolean publicRead) {}

    private final Clock clock;
    private Headers guarded;
    private Headers open;

    /**
     * @param clock wall clock
     */
    public CommonHeaders(Clock clock) {
        this.clock = clock;
        String date = date();
        this.guarded = guarded(date);
        this.open = open(date);
    }

    /** Keeps the date current until the calling verticle stops. */
    public CommonHeaders start(Vertx vertx) {
        vertx.setPeriodic(REFRESH_MILLIS, passed -> {
            String date = date();
            guarded = guarded(date);
            open = open(date);
        });
        return this;
    }

    /** Sets the headers of a response that has none yet. */
    public void put(HttpServerResponse response) {
        response.headers().setAll(guarded.whole());
    }

    /**
     * Starts the response to a request that matched an operation.
     *
     * @param publicRead whether pages of any origin may read the response
     */
    void begin(RoutingContext context, boolean publicRead) {
        context.put(KEY, publicRead ? open : guarded);
        if (publicRead) {
            HttpServerResponse response = context.response();
            boolean byTls = SecurityHeaders.isForTls(response);
            response.headers().setAll(open.whole());
            if (byTls) {
                SecurityHeaders.putForTls(response);
            }
        }
    }

    /**
     * Keeps only the headers that a 304 needs: the security headers of the cached response still apply. A script of
     * another origin that sends its own {@code If-None-Match} sees the 304 itself and may read it.
     */
    public static void reduce(RoutingContext context) {
        Headers headers = context.get(KEY);
        if (headers != null) {
            // not clear(): in Vert.x 5.0.10 it brings the shared headers back with the next put
            context.response().headers().setAll(headers.notModified());
            if (headers.publicRead() && context.request().headers().contains(HttpHeaders.ORIGIN)) {
                Cors.addPublic(context.response().headers());
            }
        }
    }

    private String date() {
        return DateFormatter.format(Date.from(clock.instant()));
    }

    private static Headers guarded(String date) {
        return new Headers(
                SecurityHeaders.addAll(dated(date), "same-origin").copy(false),
                dated(date).copy(false),
                false);
    }

    private static Headers open(String date) {
        return new Headers(
                Cors.addPublic(SecurityHeaders.addAll(dated(date), "cross-origin"))
                        .copy(false),
                dated(date).copy(false),
                true);
    }

    private static MultiMap dated(String date) {
        return HttpHeaders.headers().add(HttpHeaders.DATE, HttpHeaders.createOptimized(date));
    }
}
