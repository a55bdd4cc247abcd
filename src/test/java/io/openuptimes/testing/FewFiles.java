package io.openuptimes.testing;

import io.openuptimes.check.http.HttpProber;
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
 * A process of its own that checks URLs: with every file descriptor taken that the system lets it have, and after they
 * were given back. Prints a line for each result. The first URL is checked as things are before.
 */
public final class FewFiles {

    private static final Map<String, Integer> TIMEOUT = Map.of("timeout", 10_000);

    private FewFiles() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Context context = vertx.getOrCreateContext();
        HttpProber prober = new HttpProber(
                vertx, new Settings.Checks(60, 1, 2000, 20, null, 0), EgressPolicy.standard(), Clock.systemUTC());
        try {
            print(Probes.await(context, prober, Services.of(args[0], TIMEOUT)));
            for (String url : args) {
                List<FileInputStream> taken = new ArrayList<>();
                print(withNoneLeft(taken, context, prober, url));
                print(withNoneLeft(taken, context, prober, url)); // less what the first has given up besides
                for (FileInputStream one : taken) {
                    one.close();
                }
                print(recovered(context, prober, url));
            }
        } finally {
            Runtime.getRuntime().halt(0); // an end that needs no file
        }
    }

    /** A check before closes its connection when its event loop comes to it, maybe only once all others are taken. */
    private static CheckResult withNoneLeft(
            List<FileInputStream> taken, Context context, HttpProber prober, String url) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        CheckResult result;
        do {
            taken.addAll(takeAll());
            result = Probes.await(context, prober, Services.of(url, TIMEOUT));
        } while (result.outcome() == Outcome.UP && System.nanoTime() < deadline);
        return result;
    }

    /** Checks wait a little before they take what there is. */
    private static CheckResult recovered(Context context, HttpProber prober, String url) {
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
