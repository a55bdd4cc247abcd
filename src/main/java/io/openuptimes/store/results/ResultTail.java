package io.openuptimes.store.results;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.runtime.Caches;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.data.Streams;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the results written by other nodes, see {@link ResultFeed}, and publishes them as if they had been written
 * here, except for transitions, which come through the event stream. If a number is missing, everyone reloads
 * everything.
 */
public final class ResultTail {

    private static final Logger log = LoggerFactory.getLogger(ResultTail.class);

    /** Shorter than the command timeout. */
    private static final long BLOCK_MS = Link.COMMAND_TIMEOUT_MS * 2 / 5;

    private static final int MAX_ENTRIES = 100;
    private static final long RETRY_MS = 200;
    /** Minimum interval between reloads, which would slow down a lagging node even more. */
    private static final long RELOAD_EVERY_MS = 5_000;

    private static final int MAX_ORIGINS = 1_000;
    private static final EventId START = new EventId(0, 0);

    private final Vertx vertx;
    private final Bus bus;
    private final Link link;
    private final String ownOrigin;
    private final Counter reloads;
    private final SharedCertificates instances;
    /** The last entry's number, by origin. If one is evicted, its next entry causes a reload. */
    private final Cache<String, Long> numbers = Caches.atMost(MAX_ORIGINS).build();

    private @Nullable EventId position;
    /** Whether the position refers to the data now in Redis. */
    private boolean placed;

    private boolean running;
    private boolean reloading;
    private @Nullable Long reloadedAt;
    /** Other nodes' entries missed since the last log line. */
    private long missed;

    private final Throttle lines = Throttle.oncePer(Duration.ofMinutes(1));
    private boolean closed;

    /**
     * @param links to the server to follow, over a connection of its own
     * @param ownOrigin entries with this origin are skipped
     * @param instances shared certificate instances
     */
    public ResultTail(
            Vertx vertx, Bus bus, Links links, String ownOrigin, SharedCertificates instances, MeterRegistry registry) {
        this.vertx = vertx;
        this.bus = bus;
        this.link = links.to("result tail", this::again, () -> placed = false);
        this.ownOrigin = ownOrigin;
        this.instances = instances;
        this.reloads = Counter.builder("openuptimes.store.reloads")
                .description("Full reloads after missing changes of other nodes")
                .register(registry);
    }

    public void open() {
        link.open();
    }

    private void again() {
        if (closed || running || !link.isUp()) {
            return;
        }
        running = true;
        from().compose(this::read)
                .onComplete(
                        read -> {
                            running = false;
                            again();
                        },
                        failure -> {
                            running = false;
                            if (!closed && Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
                                log.error("cannot read the results of other nodes; trying again", failure);
                            }
                            vertx.setTimer(RETRY_MS, timer -> again());
                        });
    }

    private Future<EventId> from() {
        EventId at = position;
        if (placed && at != null) {
            return Future.succeededFuture(at);
        }
        return link.send(Request.cmd(Command.XREVRANGE)
                        .arg(Keys.RESULTS)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(newest -> {
                    EventId end = newest == null || newest.size() == 0
                            ? START
                            : Streams.id(newest.get(0).get(0));
                    if (at != null && end.compareTo(at) >= 0) {
                        return at; // continues here; a gap in the numbers will reveal missed entries
                    }
                    if (at != null && !at.equals(START)) {
                        reload(); // Redis has different data
                    }
                    return end;
                })
                .onSuccess(place -> {
                    position = place;
                    placed = true;
                });
    }

    private Future<Void> read(EventId from) {
        return link.send(Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(MAX_ENTRIES)
                        .arg("BLOCK")
                        .arg(BLOCK_MS)
                        .arg("STREAMS")
                        .arg(Keys.RESULTS)
                        .arg(from.toString()))
                .map(streams -> {
                    Response entries = Streams.entries(streams, Keys.RESULTS);
                    if (entries != null) {
                        entries.forEach(entry -> position = Streams.id(entry.get(0)));
                        publish(entries);
                    }
                    return null;
                });
    }

    private void publish(Response entries) {
        List<ServiceStatus> statuses = new ArrayList<>();
        List<SeenCertificate> seen = new ArrayList<>();
        for (Response one : entries) {
            ResultFeed.Entry entry = decode(one);
            if (entry != null && !entry.origin().equals(ownOrigin)) {
                follow(entry);
                statuses.addAll(entry.statuses());
                seen.addAll(entry.certificates());
            }
        }
        if (!seen.isEmpty()) {
            bus.publish(EventMessage.CERTIFICATES, new CertificatesChanged(seen));
        }
        if (!statuses.isEmpty()) {
            bus.publish(EventMessage.STATUS_CHANGED, new StatusChanged(statuses));
        }
    }

    private ResultFeed.@Nullable Entry decode(Response entry) {
        try {
            return ResultFeed.decode(entry.get(1), instances);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            log.error(
                    "entry {} of another node's results cannot be read: {}; loading everything again",
                    entry.get(0),
                    e.getMessage());
            reload();
            return null;
        }
    }

    private void follow(ResultFeed.Entry entry) {
        Long before = numbers.asMap().put(entry.origin(), entry.number());
        long expected = before == null ? 0 : before + 1;
        if (entry.number() != expected) {
            if (before != null) { // otherwise this is the first entry seen from that run
                missed(Math.max(1, entry.number() - expected));
            }
            reload();
        }
    }

    private void missed(long entries) {
        missed += entries;
        if (lines.passes()) {
            log.warn(
                    "missed {} batches of other nodes' results; loading everything again, every {} s at most. If that"
                            + " recurs, this node is too slow for the number of checks",
                    missed,
                    RELOAD_EVERY_MS / 1_000);
            missed = 0;
        }
    }

    private void reload() {
        if (reloading) {
            return;
        }
        reloading = true;
        Long last = reloadedAt;
        long since = last == null ? RELOAD_EVERY_MS : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last);
        vertx.setTimer(Math.max(1, RELOAD_EVERY_MS - since), timer -> {
            reloading = false;
            reloadedAt = System.nanoTime();
            if (!closed) {
                reloads.increment();
                bus.publish(EventMessage.RELOAD, new Reload());
            }
        });
    }

    public Future<Void> close() {
        closed = true;
        return link.close();
    }
}
