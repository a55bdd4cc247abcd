package io.openuptimes.web.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Bounds the memory of pending responses, per process and per caller. Writes by {@link AtOnce} over HTTP/1 are not
 * counted.
 *
 * <p>One per Vert.x instance. Thread-safe.
 */
public final class Outflow implements Shareable {

    private static final String NAME = Outflow.class.getName();
    private static final long MIN_BYTES = 8L * 1024 * 1024;
    private static final long MAX_BYTES = 256L * 1024 * 1024;
    private static final long STALL_MILLIS = 15_000;

    /** Why a response was reset. */
    public enum Break {
        /** The client read nothing for seconds. */
        STALLED,
        /** The response has been superseded many times, and the client is still reading it. */
        SLOW,
        /** Another caller with a smaller holding needed the room. */
        CROWDED,
        /** The caller's credentials have ended. */
        CREDENTIALS,
        /** The rest of the body could not be read. */
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param bytes for all responses together
     * @param bytesOfOne per caller
     * @param stallMillis a response without progress is reset after this, and at the latest after twice this
     */
    public record Limits(long bytes, long bytesOfOne, long stallMillis) {

        /** An eighth of the heap, and a quarter of that per caller. */
        static Limits of(long maxHeap) {
            long bytes = Math.max(MIN_BYTES, Math.min(MAX_BYTES, maxHeap / 8));
            return new Limits(bytes, bytes / 4, STALL_MILLIS);
        }
    }

    private final Limits limits;
    private final FairShares bytes;
    private final LongAdder refused = new LongAdder();
    private final Map<Break, LongAdder> broken = new EnumMap<>(Break.class);

    private Outflow(Limits limits) {
        this.limits = limits;
        this.bytes = new FairShares(new FairShares.Bounds(
                "large responses in progress", limits.bytes(), limits.bytesOfOne(), limits.bytes() / 10));
        for (Break why : Break.values()) {
            broken.put(why, new LongAdder());
        }
    }

    /** Replaces the default limits. Call this before the first response. */
    public static Outflow install(Vertx vertx, Limits limits) {
        Outflow outflow = new Outflow(limits);
        vertx.sharedData().<String, Outflow>getLocalMap(NAME).put(NAME, outflow);
        return outflow;
    }

    public static Outflow of(Vertx vertx) {
        return vertx.sharedData()
                .<String, Outflow>getLocalMap(NAME)
                .computeIfAbsent(
                        NAME,
                        absent -> new Outflow(Limits.of(Runtime.getRuntime().maxMemory())));
    }

    /**
     * Reserves memory for a response.
     *
     * @param amount bytes
     * @throws ApiException 429 if the caller has too many responses pending, 503 if all callers together have
     */
    public FairShares.Share take(RoutingContext context, long amount) {
        try {
            return bytes.take(Client.name(context), Client.isKnown(context), amount);
        } catch (ApiException tooMany) {
            refused.increment();
            throw tooMany;
        }
    }

    /**
     * Reads data for a response while memory is reserved for it.
     *
     * @return fails like {@link #take}, without reading
     */
    public <T> Future<T> reserved(RoutingContext context, long amount, Supplier<Future<T>> read) {
        FairShares.Share share;
        try {
            share = take(context, amount);
        } catch (ApiException tooMany) {
            return Future.failedFuture(tooMany);
        }
        return read.get().onComplete(ended -> share.close());
    }

    long stallMillis() {
        return limits.stallMillis();
    }

    /** Counts a response that was reset. */
    void brokenOff(Break why) {
        count(why).increment();
    }

    private LongAdder count(Break why) {
        return Objects.requireNonNull(broken.get(why));
    }

    /** Registers the metrics. */
    public void bindTo(MeterRegistry registry) {
        for (Break why : Break.values()) {
            FunctionCounter.builder("openuptimes.http.answers.broken.off", count(why), LongAdder::sum)
                    .description("Large responses that were reset, by reason")
                    .tag("reason", why.word())
                    .register(registry);
        }
        FunctionCounter.builder("openuptimes.http.answers.refused", refused, LongAdder::sum)
                .description("Large responses refused or shortened because too many were in progress")
                .register(registry);
        Gauge.builder("openuptimes.http.answers.bytes", bytes, FairShares::open)
                .description("Memory reserved for large responses in progress")
                .baseUnit("bytes")
                .register(registry);
    }
}
