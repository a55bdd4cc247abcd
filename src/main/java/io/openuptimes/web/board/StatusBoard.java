package io.openuptimes.web.board;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All services and what is known of them now, in memory: what polls are answered from.
 *
 * <p>Belongs to one event loop. It is fed with what the store holds and, from then on, with what the store publishes.
 */
public final class StatusBoard {

    /** Up to here answers that hold everything are made in one go, in a millisecond or two, and kept as one. */
    public static final int SMALL = 4_000;

    private final StaleRule rule;
    private final LongSupplier millis;
    private final StatusPage all;
    private final StatusPage visible;
    private final LongAnswers longAll = new LongStatus(this, true);
    private final LongAnswers longVisible = new LongStatus(this, false);
    private final ServicesPages services = new ServicesPages(this);
    private final Slices slices = new Slices();
    private final StaleSweep sweep = new StaleSweep(this);
    private Contents contents = Contents.empty();
    private Future<Void> coming = Future.succeededFuture();
    private boolean loaded;
    private boolean storeReachable;
    private @Nullable EventId upTo;
    private @Nullable BoardPoint point;
    private long version;
    private long servicesVersion;
    private long urgentVersion;
    private long statesVersion;

    /** Without a clock: nothing on it gets stale. */
    public StatusBoard() {
        this(System::nanoTime);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    StatusBoard(LongSupplier nanoTime) {
        this(new StaleRule(0), () -> 0, nanoTime);
    }

    /**
     * @param defaultInterval seconds, for services that set none
     * @param clock by which results get stale
     */
    public StatusBoard(int defaultInterval, Clock clock) {
        this(new StaleRule(defaultInterval), clock::millis, System::nanoTime);
    }

    private StatusBoard(StaleRule rule, LongSupplier millis, LongSupplier nanoTime) {
        this.rule = rule;
        this.millis = millis;
        all = new StatusPage(true, nanoTime);
        visible = new StatusPage(false, nanoTime);
    }

    /** Replaces everything. A service without a status counts as not checked yet. */
    public void load(Collection<Service> services, Collection<ServiceStatus> statuses) {
        load(Contents.of(services, statuses, List.of(), rule, now()));
    }

    /** Replaces everything by what was made of what the store holds. */
    void load(Contents made) {
        made.goOnWith(contents.staleLog());
        contents = made;
        loaded = true;
        configurationChanged();
    }

    /** Says which results are stale. */
    StaleRule rule() {
        return rule;
    }

    /** Epoch milliseconds, by the clock of the results. */
    public long now() {
        return millis.getAsLong();
    }

    Contents contents() {
        return contents;
    }

    /** A service is new or has changed. */
    public void save(Service service) {
        BoardEntry entry = contents.byId().get(service.id());
        if (entry != null && entry.service().equals(service)) {
            return;
        }
        configurationChanged();
        if (entry == null) {
            contents.add(new BoardEntry(service, ServiceStatus.unchecked(service.id())), rule, version);
        } else {
            contents.remove(entry, version);
            putBack(entry, service);
        }
    }

    private void putBack(BoardEntry entry, Service changed) {
        entry.service(changed);
        entry.stale(now() >= rule.staleFrom(entry));
        Located located = entry.located();
        if (located != null) {
            entry.located(located.at(now(), rule, changed));
        }
        contents.add(entry, rule, version);
    }

    /** Services have other names now, maybe each other's. Those that are not on the board are passed over. */
    void rename(Collection<Service> renamed) {
        List<Service> known = renamed.stream()
                .filter(service -> contents.byId().get(service.id()) != null)
                .toList();
        List<BoardEntry> entries =
                known.stream().map(service -> contents.byId().get(service.id())).toList();
        configurationChanged();
        entries.forEach(entry -> contents.remove(entry, version));
        for (int i = 0; i < entries.size(); i++) {
            putBack(entries.get(i), known.get(i));
        }
    }

    /** A service is gone. */
    public void remove(String serviceId) {
        BoardEntry entry = contents.byId().get(serviceId);
        if (entry != null) {
            configurationChanged();
            contents.remove(entry, version);
        }
    }

    /** Checks have ended. A status that is not newer than the one on the board changes nothing. */
    public void update(Collection<ServiceStatus> statuses) {
        for (ServiceStatus status : statuses) {
            BoardEntry entry = contents.byId().get(status.serviceId());
            if (entry == null) {
                updateLocation(status);
            } else if (status.lastChecked() > entry.status().lastChecked()) {
                version++;
                update(entry, status, false);
            }
        }
    }

    private void updateLocation(ServiceStatus status) {
        String location = Locations.location(status.serviceId());
        if (location == null) {
            return;
        }
        BoardEntry entry = contents.byId().get(Locations.serviceId(status.serviceId()));
        Located located = entry == null ? null : entry.located();
        if (entry != null && located != null) {
            Located changed = located.with(location, status);
            if (changed != located) {
                locate(entry, changed);
            }
        }
    }

    /** Servers have shown other certificates, or none any more. */
    public void certificates(Collection<SeenCertificate> seen) {
        for (SeenCertificate one : seen) {
            BoardEntry entry = contents.byId().get(one.serviceId());
            if (entry != null && one.isOf(entry.service())) { // else a check of its URL before was still on its way
                certify(entry, one.at(now()));
            }
        }
    }

    /** An entry has another certificate, or another day has come. */
    void certify(BoardEntry entry, @Nullable DatedCertificate certificate) {
        if (Objects.equals(entry.certificate(), certificate)) {
            return;
        }
        version++;
        if (contents.certify(entry, certificate, rule, version)) {
            statesVersion = version;
        }
    }

    /** Something else is known of a service's locations. */
    void locate(BoardEntry entry, Located located) {
        version++;
        contents.locate(entry, located, rule, version);
    }

    /** It has heard nothing of an entry for too long. */
    void stale(BoardEntry entry) {
        version++;
        update(entry, null, true);
    }

    private void update(BoardEntry entry, @Nullable ServiceStatus status, boolean stale) {
        if (contents.update(entry, status, stale, rule, version)) {
            statesVersion = version;
        }
    }

    /**
     * Finds what has become stale, or has a day less, and lets go of what nobody asks for; to be called a few times a
     * second.
     *
     * @param until when to stop for this time, as {@link System#nanoTime}; the next goes on there
     */
    public void sweep(long until) {
        sweep.step(until);
        longAll.dropUnused();
        longVisible.dropUnused();
        services.dropUnused();
    }

    /** Whoever asks next sees every change there has been. */
    public void showAtOnce() {
        urgentVersion = version;
    }

    private void configurationChanged() {
        version++;
        servicesVersion = version;
        urgentVersion = version;
    }

    /** What the store said last of itself. */
    public boolean isStoreReachable() {
        return storeReachable;
    }

    public void storeReachable(boolean reachable) {
        if (storeReachable != reachable) {
            storeReachable = reachable;
            version++;
            urgentVersion = version;
        }
    }

    /** Whatever happened up to here is on the board; null until the store was read once. */
    public @Nullable EventId upTo() {
        return upTo;
    }

    /** Says up to where the board is; it never goes back. */
    public void upTo(EventId id) {
        EventId known = upTo;
        if (known == null || id.isAfter(known)) {
            upTo = id;
        }
    }

    /** Who became stale or fresh again lately, which is no event; another log after a load that has found others stale. */
    public StaleLog staleLog() {
        return contents.staleLog();
    }

    /** What answers made now tell all of; null until the store was read once. */
    public @Nullable BoardPoint point() {
        EventId event = upTo;
        StaleMark stale = staleLog().mark();
        BoardPoint made = point;
        if (event != null && (made == null || !made.event().equals(event) || !Objects.equals(made.stale(), stale))) {
            made = new BoardPoint(event, stale);
            point = made;
        }
        return made;
    }

    /** Grows with every change. */
    public long version() {
        return version;
    }

    /** The version at the last change of services. */
    long servicesVersion() {
        return servicesVersion;
    }

    /** The version at the last change that must be seen at once. */
    public long urgentVersion() {
        return urgentVersion;
    }

    /** The version at the last change that is to be seen at once in whatever is made of the board. */
    public long listsVersion() {
        return Math.max(urgentVersion, statesVersion);
    }

    /** Whether there is anything to answer from: false until the store was read once. */
    public boolean isLoaded() {
        return loaded;
    }

    /** How many services there are. */
    public int size() {
        return contents.byId().size();
    }

    public @Nullable BoardEntry findById(String id) {
        return contents.byId().get(id);
    }

    public @Nullable BoardEntry find(String name) {
        return contents.segments().find(name);
    }

    /**
     * The name of another service that looks like one.
     *
     * @param among the services that the caller may know of
     * @return null if there is none
     */
    public @Nullable String findAlike(String name, Predicate<Service> among) {
        return contents.alikeNames().find(name, among);
    }

    /** In the order of their names. A list made anew: with very many, walk over them instead. */
    public List<BoardEntry> entries() {
        List<BoardEntry> entries = new ArrayList<>(size());
        for (int i = 0; i < contents.segments().count(); i++) {
            Segment segment = contents.segments().get(i);
            for (int j = 0; j < segment.size(); j++) {
                entries.add(segment.get(j));
            }
        }
        return entries;
    }

    /** Of all that an audience sees, as it is now; not a copy. */
    public Counts counts(boolean withHidden) {
        return contents.counts(withHidden);
    }

    /** Of each group, in their order. */
    public NavigableMap<String, Tally> groups() {
        return contents.groups();
    }

    /** From where services are checked that are not paused, in order; now, not a copy. */
    public Set<String> locations() {
        return contents.locations();
    }

    /** How many an audience sees of those whose names come before that one, or with it. */
    public int rank(String name, boolean withName, boolean withHidden) {
        return contents.segments().rank(name, withName, withHidden);
    }

    /** Those that an audience sees at some places of the order of names. */
    public List<BoardEntry> range(int from, int to, boolean withHidden) {
        return contents.segments().range(from, to, withHidden);
    }

    /** A change of many services is on its way onto the board. */
    void coming(Future<Void> whole) {
        coming = whole;
    }

    /** What was answered, once all of the changes that have been told of are on the board. */
    public <T> Future<T> seen(T answered) {
        return coming.map(answered);
    }

    /** Where what takes long is done, bit by bit. */
    public Slices slices() {
        return slices;
    }

    /** All of it as it is now, or within the next milliseconds, for another thread to read. */
    public Future<Frozen.Board> freeze(Vertx vertx) {
        List<Frozen> segments = new ArrayList<>(contents.segments().count());
        long before = servicesVersion;
        return slices.run(vertx, new BoardWalk(this) {
                    @Override
                    protected void visit(Segment segment, int from) {
                        segments.add(new Frozen(segment, from));
                    }
                })
                .map(done -> new Frozen.Board(segments, servicesVersion != before));
    }

    /** {@code GET /api/status} for those who see hidden services, or for those who do not; of a small board. */
    public Rendering status(boolean withHidden) {
        return page(withHidden).current(this::entries, version, urgentVersion, point(), storeReachable);
    }

    /** Up to where what that answered last is, which may be a moment old. */
    public @Nullable BoardPoint statusUpTo(boolean withHidden) {
        return page(withHidden).upTo();
    }

    private StatusPage page(boolean withHidden) {
        return withHidden ? all : visible;
    }

    /** The same of a large one. */
    public Future<LongAnswer> longStatus(Vertx vertx, boolean withHidden) {
        if (!withHidden && counts(true).total() != counts(false).total()) {
            return longVisible.current(vertx);
        }
        // where nothing is hidden, all see the same; unless something just was
        return longAll.current(vertx)
                .compose(answer -> withHidden || !answer.withHidden()
                        ? Future.succeededFuture(answer)
                        : longVisible.current(vertx));
    }

    /** {@code GET /api/services} of a large board. */
    public Future<LongAnswer> longServices(Vertx vertx, Disclosure disclosure) {
        return services.large(vertx, disclosure);
    }

    /** {@code GET /api/services} of a small one. */
    public Rendering services(Disclosure disclosure) {
        return services.small(disclosure);
    }
}
