package io.openuptimes.store.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.AuditMessage.AuditPage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.store.data.AuditCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: one stream of changes and one of failed sign-ins, each bounded by number and age, merged when read.
 * Once the first is half full, each actor has its own limit; requests beyond it are counted per hour. An actor thus
 * cannot push out others' entries, or its own first ones, by sending more requests.
 *
 * <p>Belongs to one event loop.
 */
public final class AuditStore {

    static final long KEPT_MS = TimeUnit.DAYS.toMillis(90);

    /**
     * Maximum numbers of entries. An entry takes a few hundred bytes, at most 4 KiB.
     *
     * @param changes everything except failed sign-ins
     * @param ofActor single-request entries per actor, enforced once half of {@code changes} is used
     * @param failed failed sign-ins
     */
    public record Limits(int changes, int ofActor, int failed) {

        /** Even with an extra entry for each hour of 90 days, one actor takes less than a tenth. */
        public static final Limits USUAL = new Limits(50_000, 2_500, 5_000);
    }

    private static final long TRIM_MS = TimeUnit.HOURS.toMillis(1);
    private static final int STEP = 500;

    /** Maximum number of entries that one request examines; a page may be short for this reason. */
    private static final int MAX_LOOKED_AT = 10_000;

    /** Entries are ordered by the server's clock but carry this node's time. */
    private static final long CLOCKS_APART_MS = TimeUnit.HOURS.toMillis(1);

    private final Link link;
    private final Limits limits;
    private final Clock clock;
    private final Counter folded;
    private long trimmedAt;

    public AuditStore(Link link, Limits limits, Clock clock, MeterRegistry registry) {
        this.link = link;
        this.limits = limits;
        this.clock = clock;
        this.folded = Counter.builder("openuptimes.audit.folded")
                .description("Requests counted in a folded audit log entry because their actor had too many")
                .register(registry);
    }

    public Future<Void> record(AuditEntry entry) {
        trim();
        return entry.failed() ? recordFailed(entry) : recordChange(entry);
    }

    private Future<Void> recordChange(AuditEntry entry) {
        Request call = Script.AUDIT
                .call(2)
                .arg(Keys.AUDIT)
                .arg(Keys.auditActor(entry.actor()))
                .arg(limits.changes())
                .arg(limits.ofActor())
                .arg(TimeUnit.MILLISECONDS.toDays(KEPT_MS))
                .arg(AuditCodec.FIELD)
                .arg(AuditCodec.encode(entry))
                .arg(entry.action())
                .arg(AuditCodec.encodeRunning(entry));
        return link.send(call).map(answer -> {
            if (answer != null && answer.toInteger() == 1) {
                folded.increment();
            }
            return null;
        });
    }

    private Future<Void> recordFailed(AuditEntry entry) {
        return link.send(Request.cmd(Command.XADD)
                        .arg(Keys.AUDIT_FAILED)
                        .arg("MAXLEN")
                        .arg("~")
                        .arg(limits.failed())
                        .arg("*")
                        .arg(AuditCodec.FIELD)
                        .arg(AuditCodec.encode(entry)))
                .mapEmpty();
    }

    /** Frees memory; expired entries are hidden anyway. */
    private void trim() {
        long now = clock.millis();
        if (now - trimmedAt < TRIM_MS) {
            return;
        }
        trimmedAt = now;
        for (String key : List.of(Keys.AUDIT, Keys.AUDIT_FAILED)) {
            link.send(Request.cmd(Command.XTRIM).arg(key).arg("MINID").arg("~").arg(now - KEPT_MS))
                    .onFailure(away -> trimmedAt = 0);
        }
    }

    Future<AuditPage> read(ReadAudit wanted) {
        return new Read(wanted).go();
    }

    /** Reads one page by merging the streams, newest entries first. */
    private final class Read {

        private final ReadAudit wanted;
        private final long oldest;
        private final List<AuditEntry> found = new ArrayList<>();
        private final List<Source> sources = new ArrayList<>();
        private int lookedAt;

        Read(ReadAudit wanted) {
            this.wanted = wanted;
            this.oldest = Math.max(wanted.from(), clock.millis() - KEPT_MS);
            AuditCursor from = wanted.cursor() == null ? null : AuditCursor.parse(wanted.cursor());
            if (!Boolean.TRUE.equals(wanted.failed())) {
                sources.add(new Source(Keys.AUDIT, false, from == null ? null : from.changes()));
            }
            if (!Boolean.FALSE.equals(wanted.failed())) {
                sources.add(new Source(Keys.AUDIT_FAILED, true, from == null ? null : from.failed()));
            }
        }

        Future<AuditPage> go() {
            for (Source source : sources) {
                if (source.needsMore()) {
                    return source.fetch().compose(fetched -> go());
                }
            }
            while (found.size() < wanted.limit() && lookedAt < MAX_LOOKED_AT) {
                Source newest = newest();
                if (newest == null || newest.isPast(oldest - CLOCKS_APART_MS)) {
                    return Future.succeededFuture(new AuditPage(List.copyOf(found), null));
                }
                AuditEntry entry = newest.take();
                lookedAt++;
                if (entry != null && isWanted(entry)) {
                    found.add(entry);
                }
                if (newest.needsMore()) {
                    return newest.fetch().compose(fetched -> go());
                }
            }
            return Future.succeededFuture(new AuditPage(List.copyOf(found), newest() == null ? null : cursor()));
        }

        private @Nullable Source newest() {
            Source newest = null;
            for (Source source : sources) {
                EventId id = source.next();
                if (id != null && (newest == null || newest.isBefore(id))) {
                    newest = source;
                }
            }
            return newest;
        }

        private String cursor() {
            String changes = null;
            String failed = null;
            for (Source source : sources) {
                if (source.failed) {
                    failed = source.place;
                } else {
                    changes = source.place;
                }
            }
            return new AuditCursor(changes, failed).text();
        }

        private boolean isWanted(AuditEntry entry) {
            return entry.at() >= oldest
                    && entry.at() <= wanted.to()
                    && isOf(wanted.action(), entry.action())
                    && isOf(wanted.target(), entry.target())
                    && isOf(wanted.address(), entry.address())
                    && (wanted.by() == null
                            || wanted.by().equals(entry.actor().kind())
                            || wanted.by().equals(entry.actor().key()));
        }

        private boolean isOf(@Nullable String condition, @Nullable String value) {
            return condition == null || condition.equals(value);
        }
    }

    /** The unread rest of one stream, newest first. */
    private final class Source {

        private final String key;
        private final boolean failed;
        private List<Response> step = List.of();
        private int at;
        private boolean atEnd;
        /** Id of the last entry taken; null before the first. */
        private @Nullable String place;

        Source(String key, boolean failed, @Nullable String place) {
            this.key = key;
            this.failed = failed;
            this.place = place;
        }

        boolean needsMore() {
            return at == step.size() && !atEnd;
        }

        Future<Void> fetch() {
            Request request = Request.cmd(Command.XREVRANGE)
                    .arg(key)
                    .arg(place == null ? "+" : "(" + place)
                    .arg("-")
                    .arg("COUNT")
                    .arg(STEP);
            return link.send(request).map(answer -> {
                List<Response> read = new ArrayList<>();
                if (answer != null) {
                    answer.forEach(read::add);
                }
                step = read;
                at = 0;
                atEnd = read.size() < STEP;
                return null;
            });
        }

        @Nullable
        EventId next() {
            return at == step.size() ? null : EventId.parse(step.get(at).get(0).toString());
        }

        boolean isPast(long time) {
            EventId own = next();
            return own != null && own.millis() < time;
        }

        boolean isBefore(EventId other) {
            EventId own = next();
            return own != null && other.isAfter(own);
        }

        @Nullable
        AuditEntry take() {
            Response entry = step.get(at++);
            place = entry.get(0).toString();
            return AuditCodec.decode(entry, failed);
        }
    }
}
