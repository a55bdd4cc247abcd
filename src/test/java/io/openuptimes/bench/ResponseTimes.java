package io.openuptimes.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Recorded response times.
 *
 * @param count number of samples
 * @param p50Ms median
 * @param p99Ms 99th percentile
 */
record ResponseTimes(int count, long p50Ms, long p99Ms) {

    private static final int WARM_UP = 500;
    private static final int TRIALS = 500;
    private static final int SAMPLED_PAGES = 20;

    private static ResponseTimes of(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return new ResponseTimes(
                sorted.size(), sorted.get(sorted.size() / 2), sorted.get((sorted.size() - 1) * 99 / 100));
    }

    /** Of sequential checks of one target. */
    static ResponseTimes alone(Subject subject, String url) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < WARM_UP + TRIALS; i++) {
            JsonObject result = subject.trial(url);
            if (!"up".equals(result.getString("status"))) {
                throw new IllegalStateException(url + ": " + result.encode());
            }
            if (i >= WARM_UP) {
                times.add(result.getLong("responseTime"));
            }
        }
        return of(times);
    }

    /** Of the last check of about a thousand services that are up. */
    static ResponseTimes recorded(Subject subject) throws Exception {
        List<Long> times = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < SAMPLED_PAGES && cursor != null; page++) {
            JsonObject answer = subject.service.json(
                    "/api/status?status=up&limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            JsonArray services = answer.getJsonArray("services");
            for (int i = 0; i < services.size(); i++) {
                times.add(services.getJsonObject(i).getLong("responseTime"));
            }
            cursor = answer.getString("cursor");
        }
        return of(times);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %d ms, p99 %d ms", p50Ms, p99Ms);
    }
}
