package io.openuptimes.bench;

import io.openuptimes.testing.ServiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Creates many services: in bulk, or with one request each if the service has no bulk API. */
final class Filling {

    private static final int IN_FLIGHT = 64;
    private static final int AT_ONCE = 100_000;

    private final HttpClient client;
    private final URI url;
    private final IntFunction<JsonObject> services;
    private final int count;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Promise<Void> end = Promise.promise();

    private Filling(HttpClient client, URI url, int count, IntFunction<JsonObject> services) {
        this.client = client;
        this.url = url;
        this.count = count;
        this.services = services;
    }

    /** Creates services 0 to count - 1; returns the seconds it took. */
    static double fill(Subject subject, int count, IntFunction<JsonObject> services) throws Exception {
        long begun = System.nanoTime();
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(
                    new HttpClientOptions().setPipelining(true).setPipeliningLimit(8),
                    new PoolOptions().setHttp1MaxSize(8));
            Filling filling = new Filling(client, URI.create(subject.service.url()), count, services);
            filling.inBulk(0);
            filling.end.future().toCompletionStage().toCompletableFuture().get(30, TimeUnit.MINUTES);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Report.progress("%d services created in %.1f s, %.0f a second", count, seconds, count / seconds);
        return seconds;
    }

    private void inBulk(int from) {
        int to = Math.min(count, from + AT_ONCE);
        Buffer lines = Buffer.buffer();
        for (int i = from; i < to; i++) {
            lines.appendBuffer(services.apply(i).toBuffer()).appendByte((byte) '\n');
        }
        send(HttpMethod.PUT, "/api/services/bulk", "application/x-ndjson", lines)
                .onFailure(end::tryFail)
                .onSuccess(status -> {
                    if (from == 0 && (status == 404 || status == 405)) {
                        oneByOne();
                    } else if (status != 200) {
                        end.tryFail("services in bulk were answered with " + status);
                    } else if (to == count) {
                        end.complete();
                    } else {
                        inBulk(to);
                    }
                });
    }

    private void oneByOne() {
        for (int i = 0; i < IN_FLIGHT; i++) {
            step();
        }
    }

    private void step() {
        int i = next.getAndIncrement();
        if (i >= count) {
            return;
        }
        Buffer service = services.apply(i).toBuffer();
        send(HttpMethod.POST, "/api/services", "application/json", service).onComplete(status -> {
            if (status.failed()) {
                end.tryFail(status.cause());
            } else if (status.result() != 201) {
                end.tryFail("a service was answered with " + status.result());
            } else if (done.incrementAndGet() == count) {
                end.complete();
            } else {
                step();
            }
        });
    }

    private Future<Integer> send(HttpMethod method, String path, String type, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(path)
                .putHeader("Authorization", "Bearer " + ServiceProcess.KEY)
                .putHeader("Content-Type", type);
        return client.request(options).compose(request -> request.send(body)).compose(response -> response.body()
                .map(answer -> response.statusCode()));
    }
}
