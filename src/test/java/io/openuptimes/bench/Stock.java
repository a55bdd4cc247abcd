package io.openuptimes.bench;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The services that a measurement needs.
 *
 * @param count number of services
 * @param interval check interval in seconds
 * @param kind kind of their targets
 * @param settings environment variables of the service under measurement
 */
record Stock(int count, int interval, Kind kind, Map<String, String> settings) {

    enum Kind {
        HTTP,
        HTTPS,
        /** Every tenth never responds. */
        TENTH_HANGS,
        /** Up in even seconds, down in odd ones. */
        FLIPPING
    }

    Stock(int count, int interval, Kind kind) {
        this(count, interval, kind, Map.of());
    }

    double perSecond() {
        return (double) count / interval;
    }

    /** The services, by index. */
    IntFunction<JsonObject> services(Targets targets) {
        return i -> new JsonObject()
                .put("name", String.format(Locale.ROOT, "service-%07d", i))
                .put("group", String.format(Locale.ROOT, "group-%03d", i % 100))
                .put("url", url(targets, i))
                .put("interval", interval);
    }

    /** A target of this kind that is always up. */
    String sound(Targets targets) {
        return kind == Kind.FLIPPING ? targets.http(1) : url(targets, 1);
    }

    private String url(Targets targets, int i) {
        return switch (kind) {
            case HTTP -> targets.http(i);
            case HTTPS -> targets.https(i);
            case FLIPPING -> targets.flipping(i);
            case TENTH_HANGS -> i % 10 == 0 ? targets.hanging(i) : targets.http(i);
        };
    }
}
