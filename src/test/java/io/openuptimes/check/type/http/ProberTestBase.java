package io.openuptimes.check.type.http;

import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.Services;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A prober on an event loop, shared by a test class. */
abstract class ProberTestBase {

    static final long NOW = 1_700_000_000_000L;

    static Vertx vertx;
    static Context context;
    static JudgedProber prober;

    @BeforeAll
    static void startProber() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        context = vertx.getOrCreateContext();
        prober = new JudgedProber(
                vertx,
                new Settings.Checks(60, 1, 2000, 20, null, 0),
                EgressPolicy.standard(),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    }

    @AfterAll
    static void stopProber() throws Exception {
        prober.close()
                .eventually(vertx::close)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    /** Repeats the check if it reports that this machine, which may be busy, stalled. */
    static CheckResult probe(Service service) {
        CheckResult result = Probes.await(context, prober, service);
        for (int i = 0; i < 10 && result.error().equals("this machine was stalled"); i++) {
            result = Probes.await(context, prober, service);
        }
        return result;
    }

    static CheckResult probe(String url) {
        return probe(Services.of(url));
    }

    static CheckResult probe(String url, Map<String, ?> fields) {
        return probe(Services.of(url, fields));
    }
}
