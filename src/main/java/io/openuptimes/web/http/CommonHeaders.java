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
 * The headers that all answers of one event loop begin with: those for browsers, and the date. They are made once a
 * second and shared by all responses, each of which copies them when it gets a header of its own; so no request reads the
 * clock.
 *
 * <p>Belongs to one event loop.
 */
public final class CommonHeaders {

    private static final long REFRESH_MILLIS = 1_000;
    private static final String KEY = CommonHeaders.class.getName();

    /**
     * @param whole of any answer
     * @param notModified of a 304 that is as short as it can be
     */
    private record Headers(MultiMap whole, MultiMap notModified) {}

    private final Clock clock;
    private Headers guarded;
    private Headers open;

    /**
     * @param clock tells the time of day
     */
    public CommonHeaders(Clock clock) {
        this.clock = clock;
        String date = date();
        this.guarded = guarded(date);
        this.open = open(date);
    }

    /** Keeps the date right for as long as the calling verticle runs. */
    public CommonHeaders start(Vertx vertx) {
        vertx.setPeriodic(REFRESH_MILLIS, passed -> {
            String date = date();
            guarded = guarded(date);
            open = open(date);
        });
        return this;
    }

    /** For a response that nothing else has touched yet. */
    public void put(HttpServerResponse response) {
        response.headers().setAll(guarded.whole());
    }

    /**
     * For a request that has reached an operation.
     *
     * @param publicRead whether pages of any origin may read the answer
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

    /** Leaves only what a 304 needs: the headers for browsers stay those of the answer that the caller has. */
    public static void reduce(RoutingContext context) {
        Headers headers = context.get(KEY);
        if (headers != null) {
            // in place of clear(), which in Vert.x 5.0.10 takes shared headers up again with the next one that is put
            context.response().headers().setAll(headers.notModified());
            Quota.putAgain(context);
        }
    }

    private String date() {
        return DateFormatter.format(Date.from(clock.instant()));
    }

    private static Headers guarded(String date) {
        return new Headers(
                SecurityHeaders.addAll(dated(date), "same-origin").copy(false), dated(date).copy(false));
    }

    private static Headers open(String date) {
        return new Headers(
                Cors.addPublic(SecurityHeaders.addAll(dated(date), "cross-origin")).copy(false),
                Cors.addPublic(dated(date)).copy(false));
    }

    private static MultiMap dated(String date) {
        return HttpHeaders.headers().add(HttpHeaders.DATE, HttpHeaders.createOptimized(date));
    }
}
