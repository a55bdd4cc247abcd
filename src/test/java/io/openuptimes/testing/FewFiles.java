package io.openuptimes.testing;

import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that checks URLs with all file descriptors exhausted, and again after releasing them. Prints a line
 * per result. The first URL is also checked beforehand.
 */
public final class FewFiles {

    private static final Map<String, Integer> TIMEOUT = Map.of("timeout", 10_000);

    private FewFiles() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Context context = vertx.getOrCreateContext();
        JudgedProber prober = new JudgedProber(
                vertx, new Settings.Checks(60, 1, 2000, 20, null, 0), EgressPolicy.standard(), Clock.systemUTC());
        try {
            print(Probes.await(context, prober, Services.of(args[0], TIMEOUT)));
            for (String url : args) {
                List<FileInputStream> taken = new ArrayList<>();
                print(withNoneLeft(taken, context, prober, url));
                print(withNoneLeft(taken, context, prober, url)); // also takes those released by the first check
                for (FileInputStream one : taken) {
                    one.close();
                }
                print(recovered(context, prober, url));
            }
        } finally {
            Runtime.getRuntime().halt(0); // exits without needing a file descriptor
        }
    }

    /** The previous check closes its connection asynchronously, possibly after all descriptors were taken. */
    private static CheckResult withNoneLeft(
            List<FileInputStream> taken, Context context, JudgedProber prober, String url) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        CheckResult result;
        do {
            taken.addAll(takeAll());
            result = Probes.await(context, prober, Services.of(url, TIMEOUT));
        } while (result.outcome() == Outcome.UP && System.nanoTime() < deadline);
        return result;
    }

    /** After running out of descriptors, checks back off briefly before using released ones. */
    private static CheckResult recovered(Context context, JudgedProber prober, String url) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        CheckResult result = Probes.await(context, prober, Services.of(url, TIMEOUT));
        while (result.outcome() == Outcome.RESOURCE && System.nanoTime() < deadline) {
            result = Probes.await(context, prober, Services.of(url, TIMEOUT));
        }
        return result;
    }

    private static List<FileInputStream> takeAll() {
        List<FileInputStream> taken = new ArrayList<>();
        try {
            for (; ; ) {
                taken.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            return taken;
        }
    }

    private static void print(CheckResult result) {
        System.out.println("result " + result.outcome() + " " + result.error());
    }
}
