package io.openuptimes.bench;

import ch.qos.logback.classic.Level;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.Services;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cost of a check: CPU seconds of this process per 1,000 checks of a local nginx, compared with a bare WebClient
 * without keep-alive in the same run. For HTTPS, also with the certificate verified on every check instead of once per
 * host and ten minutes. Requires {@code nginx}.
 *
 * <p>Arguments: checks per round (20000), rounds (4). The first round is the warm-up.
 */
public final class ProbeCost {

    private static final int IN_FLIGHT = 32;

    private final Context context;
    private final int checks;

    private ProbeCost(Context context, int checks) {
        this.context = context;
        this.checks = checks;
    }

    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        int checks = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        Path directory = Files.createTempDirectory("probe-cost");
        Certificates certificates = Certificates.in(directory).signed("localhost", "dns:localhost,ip:127.0.0.1");
        int http = FreePorts.one();
        int https = FreePorts.one();
        Process nginx = nginx(directory, certificates, http, https);
        Runtime.getRuntime().addShutdownHook(new Thread(nginx::destroy));
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try {
            Settings.Checks settings =
                    new Settings.Checks(60, 1, 2000, 20, certificates.pem("ca").toString(), 0);
            long before = System.nanoTime();
            JudgedProber prober = new JudgedProber(vertx, settings, EgressPolicy.standard(), Clock.systemUTC());
            System.out.printf(Locale.ROOT, "prober made in %d ms%n", (System.nanoTime() - before) / 1_000_000);
            JudgedProber resuming = new JudgedProber(
                    vertx,
                    new Settings.Checks(60, 1, 2000, 20, certificates.pem("ca").toString(), 3_600),
                    EgressPolicy.standard(),
                    Clock.systemUTC());
            JudgedProber forgetful = new JudgedProber(vertx, settings, EgressPolicy.standard(), goingBack());
            WebClient bare = WebClient.create(vertx, bare(null));
            WebClient bareTls =
                    WebClient.create(vertx, bare(certificates.pem("ca").toString()));
            Service plain = Services.of("http://127.0.0.1:" + http + "/");
            Service secure = Services.of("https://127.0.0.1:" + https + "/");
            Service unverified = Services.of("https://127.0.0.1:" + https + "/", Map.of("ignoreTlsErrors", true));
            ProbeCost cost = new ProbeCost(vertx.getOrCreateContext(), checks);
            for (int round = 0; round < rounds; round++) {
                cost.run("http   check", () -> checked(prober, plain));
                cost.run("http   bare ", () -> bare.get(http, "127.0.0.1", "/").send());
                cost.run("https  check", () -> checked(prober, secure));
                cost.run("https  check, verified anew", () -> checked(forgetful, secure));
                cost.run("https  check, not verified", () -> checked(prober, unverified));
                cost.run("https  check, resumed", () -> checked(resuming, secure));
                cost.run("https  bare ", () -> bareTls.get(https, "127.0.0.1", "/")
                        .send());
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Makes every cached verification lie in the future, which invalidates it. */
    private static Clock goingBack() {
        AtomicLong now = new AtomicLong(System.currentTimeMillis());
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.decrementAndGet());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static WebClientOptions bare(@Nullable String caFile) {
        WebClientOptions options = new WebClientOptions().setKeepAlive(false);
        return caFile == null
                ? options
                : options.setSsl(true)
                        .setSslEngineOptions(new OpenSSLEngineOptions().setSessionCacheEnabled(false))
                        .setTrustOptions(new PemTrustOptions().addCertPath(caFile));
    }

    private static Future<?> checked(JudgedProber prober, Service service) {
        return prober.probe(service)
                .compose(result -> result.outcome() == Outcome.UP
                        ? Future.succeededFuture()
                        : Future.failedFuture(result.toString()));
    }

    private void run(String name, Supplier<Future<?>> request) throws Exception {
        Promise<Void> done = Promise.promise();
        long cpu = cpu();
        long wall = System.nanoTime();
        int[] counts = new int[2];
        context.runOnContext(start -> {
            for (int i = 0; i < IN_FLIGHT; i++) {
                next(request, counts, done);
            }
        });
        done.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
        System.out.printf(
                Locale.ROOT,
                "%-28s %.3f CPU-s per 1,000, %.0f a second%n",
                name,
                (cpu() - cpu) / 1e9 / checks * 1000,
                checks / ((System.nanoTime() - wall) / 1e9));
    }

    private void next(Supplier<Future<?>> request, int[] counts, Promise<Void> done) {
        if (counts[0] == checks) {
            return;
        }
        counts[0]++;
        request.get().onComplete(result -> {
            if (result.failed()) {
                done.tryFail(result.cause());
            } else if (++counts[1] == checks) {
                done.complete();
            } else {
                next(request, counts, done);
            }
        });
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Process nginx(Path directory, Certificates certificates, int http, int https) throws IOException {
        String configuration =
                """
                daemon off; master_process off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log;
                events { worker_connections 4096; }
                http {
                  access_log %1$s/access.log combined buffer=1m; root %1$s;
                  client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  server { listen 127.0.0.1:%2$d; location / { return 200 "fine\\n"; } }
                  server {
                    listen 127.0.0.1:%3$d ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate %4$s; ssl_certificate_key %5$s;
                    location / { return 200 "$ssl_session_reused\\n"; }
                  }
                }
                """.formatted(directory, http, https, certificates.pem("localhost"), certificates.key("localhost"));
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        return new ProcessBuilder("nginx", "-c", file.toString(), "-e", directory + "/error.log")
                .inheritIO()
                .start();
    }
}
