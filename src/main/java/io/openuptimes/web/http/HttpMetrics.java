package io.openuptimes.web.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Times requests by operation and status. */
public final class HttpMetrics {

    private final MeterRegistry registry;

    public HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The first handler of a route. */
    public Handler<RoutingContext> timing(String operationId) {
        AtomicReferenceArray<Timer> byStatus = new AtomicReferenceArray<>(600);
        return context -> {
            long start = System.nanoTime();
            context.response().bodyEndHandler(end -> {
                int status = Math.min(599, context.response().getStatusCode());
                Timer timer = byStatus.get(status);
                if (timer == null) {
                    timer = timer(operationId, status);
                    byStatus.set(status, timer);
                }
                timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            });
            context.next();
        };
    }

    private Timer timer(String operationId, int status) {
        return Timer.builder("openuptimes.http.requests")
                .description("Duration of HTTP requests, until the end of the response")
                .tag("operation", operationId)
                .tag("status", Integer.toString(status))
                .register(registry);
    }
}
