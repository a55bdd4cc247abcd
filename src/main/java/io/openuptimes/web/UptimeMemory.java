package io.openuptimes.web;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.StateTimes;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.runtime.Caches;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches rendered reports briefly, so that many viewers of the same page cost the store one read.
 *
 * <p>Belongs to one event loop.
 */
final class UptimeMemory {

    /** Less than a second, so that data cleared on another node disappears within a second. */
    static final long TTL = TimeUnit.MILLISECONDS.toNanos(900);

    /** At a few kilobytes each. */
    static final int CAPACITY = 1_000;

    private final Cache<String, Buffer> known;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    UptimeMemory(LongSupplier nanoTime) {
        this.known = Caches.atMost(CAPACITY)
                .expireAfterWrite(TTL, TimeUnit.NANOSECONDS)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** Returns null if there is no entry, or only an expired one. */
    @Nullable
    Buffer find(String serviceId) {
        return known.getIfPresent(serviceId);
    }

    void keep(String serviceId, Buffer rendered) {
        known.put(serviceId, rendered);
    }

    /** Renders the rest of a service's object, after its id and name. */
    static Buffer render(UptimeReport report) {
        String json = new JsonObject()
                .put("uptime", HistoryHandler.uptime(report.uptime()))
                .put("hours", series(report.hoursFrom(), 3_600_000, report.hours(), report.hourTimes()))
                .put("days", series(report.daysFrom(), 86_400_000, report.days(), report.dayTimes()))
                .encode();
        return Buffer.buffer("," + json.substring(1));
    }

    private static JsonObject series(long from, int step, List<CheckCounts> counts, List<StateTimes> states) {
        JsonArray checks = new JsonArray();
        JsonArray up = new JsonArray();
        JsonArray responseTime = new JsonArray();
        for (CheckCounts count : counts) {
            checks.add(count.checks());
            up.add(count.up());
            responseTime.add(count.responseTime());
        }
        JsonArray known = new JsonArray();
        JsonArray downtime = new JsonArray();
        JsonArray unknown = new JsonArray();
        JsonArray maintenance = new JsonArray();
        for (StateTimes times : states) {
            known.add(times.known());
            downtime.add(times.down());
            unknown.add(times.unknown());
            maintenance.add(times.maintenance());
        }
        return new JsonObject()
                .put("from", from)
                .put("step", step)
                .put("checks", checks)
                .put("up", up)
                .put("responseTime", responseTime)
                .put("known", known)
                .put("downtime", downtime)
                .put("unknown", unknown)
                .put("maintenance", maintenance);
    }
}
