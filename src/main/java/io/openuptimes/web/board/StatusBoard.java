package io.openuptimes.web.board;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.DatedCertificate;
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
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All services and their current states, in memory, to answer polls.
 *
 * <p>Belongs to one event loop. It is loaded from the store, then updated with the published changes of the store and
 * verdicts of this node's checks.
 */
public final class StatusBoard {

    /**
     * Up to this many services, complete answers are rendered in one go, within a millisecond or two, and cached whole.
     */
    public static final int SMALL = 4_000;

    private final StaleRule rule;
    private final LongSupplier millis;
    private final BoardAnswers answers;
    private final Slices slices = new Slices();
    private final StaleSweep sweep = new StaleSweep(this);
    private final OwnVerdicts own;
    private Contents contents = Contents.empty();
    private Future<Void> coming = Future.succeededFuture();
    private boolean loaded;
    private Outlook outlook = Outlook.NONE;
    private @Nullable EventId upTo;
    private @Nullable BoardPoint point;
    private long version;
    private long servicesVersion;
    private long urgentVersion;
    private long statesVersion;

    /** Without a clock: nothing becomes stale. */
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
     * @param defaultInterval seconds, for services without an interval
     * @param clock decides when results become stale
     */
    public StatusBoard(int defaultInterval, Clock clock) {
        this(defaultInterval, clock, System::nanoTime);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    StatusBoard(int defaultInterval, Clock clock, LongSupplier nanoTime) {
        this(new StaleRule(defaultInterval), clock::millis, nanoTime);
    }

    private StatusBoard(StaleRule rule, LongSupplier millis, LongSupplier nanoTime) {
        this.rule = rule;
        this.millis = millis;
        answers = new BoardAnswers(this, nanoTime);
        own = new OwnVerdicts(this, nanoTime);
    }

    /** Replaces the contents. A service without a status counts as not checked yet. */
    public void load(Collection<Service> services, Collection<ServiceStatus> statuses) {
        load(Contents.of(services, statuses, List.of(), rule, now()));
    }

    /** Replaces the contents with those built from the store. */
    void load(Contents made) {
        List<ServiceStatus> hidden = own.carryInto(made, rule, version);
        made.goOnWith(contents.staleLog());
        contents = made;
        loaded = true;
        configurationChanged();
        for (ServiceStatus status : hidden) {
            own.reconcile(Objects.requireNonNull(findById(status.serviceId())), status, outlook);
        }
    }

    /** Decides which results are stale. */
    StaleRule rule() {
        return rule;
    }

    /** Epoch milliseconds, on the clock of the results. */
    public long now() {
        return millis.getAsLong();
    }

    Contents contents() {
        return contents;
    }

    /** Adds or replaces a service. */
    public void save(Service service) {
        BoardEntry entry = contents.byId().get(service.id());
        if (entry != null && entry.service().equals(service)) {
            return;
        }
        configurationChanged();
        if (entry == null) {
            BoardEntry added = new BoardEntry(service, ServiceStatus.unchecked(service.id()));
            added.marks(Marks.NONE.blind(outlook.isBlind(service)));
            contents.add(added, rule, version);
        } else {
            contents.remove(entry, version);
            putBack(entry, service);
        }
    }

    private void putBack(BoardEntry entry, Service changed) {
        entry.service(changed);
        entry.marks(entry.marks().stale(now() >= rule.staleFrom(entry)).blind(outlook.isBlind(changed)));
        Located located = entry.located();
        if (located != null) {
            entry.located(located.at(now(), rule, changed));
        }
        contents.add(entry, rule, version);
    }

    /** Renames services, possibly swapping names. Ignores services that are not on the board. */
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

    /** Removes a service. */
    public void remove(String serviceId) {
        BoardEntry entry = contents.byId().get(serviceId);
        if (entry != null) {
            configurationChanged();
            own.end(entry);
            contents.remove(entry, version);
        }
    }

    /**
     * Applies stored results. A status that is not newer than the one on the board has no effect, except that it may
     * confirm a provisional one.
     */
    public void update(Collection<ServiceStatus> statuses) {
        apply(statuses, own::stored, Located::with);
    }

    /** Applies verdicts of this node's checks, which may not be stored yet. */
    public void judged(Collection<ServiceStatus> statuses) {
        apply(statuses, own::judged, Located::with);
    }

    /** Applies stored results that replace {@link #judged} ones, even newer ones. */
    public void corrected(Collection<ServiceStatus> statuses) {
        apply(statuses, own::corrected, Located::replaced);
    }

    private interface LocatedChange {
        Located apply(Located before, String location, ServiceStatus status);
    }

    private void apply(
            Collection<ServiceStatus> statuses, BiConsumer<BoardEntry, ServiceStatus> change, LocatedChange there) {
        for (ServiceStatus status : statuses) {
            BoardEntry entry = contents.byId().get(status.serviceId());
            if (entry == null) {
                updateLocation(status, there);
            } else {
                change.accept(entry, status);
            }
        }
    }

    /** Announces provisional changes that are due, see {@link OwnVerdicts#announce}. */
    List<ProvisionalChange> announce(long until) {
        return own.announce(until);
    }

    /** See {@link OwnVerdicts#takeWithdrawn}. */
    boolean takeWithdrawn() {
        return own.takeWithdrawn();
    }

    private void updateLocation(ServiceStatus status, LocatedChange change) {
        String location = Locations.location(status.serviceId());
        if (location == null) {
            return;
        }
        BoardEntry entry = contents.byId().get(Locations.serviceId(status.serviceId()));
        Located located = entry == null ? null : entry.located();
        if (entry != null && located != null) {
            Located changed = change.apply(located, location, status);
            if (changed != located) {
                locate(entry, changed);
            }
        }
    }

    /** Applies changes of servers' certificates. */
    public void certificates(Collection<SeenCertificate> seen) {
        for (SeenCertificate one : seen) {
            BoardEntry entry = contents.byId().get(one.serviceId());
            if (entry != null && one.isOf(entry.service())) { // otherwise from a check of its former URL
                certify(entry, one.at(now()));
            }
        }
    }

    /** Sets an entry's certificate, or updates its remaining days. */
    void certify(BoardEntry entry, @Nullable DatedCertificate certificate) {
        if (Objects.equals(entry.certificate(), certificate)) {
            return;
        }
        version++;
        if (contents.certify(entry, certificate, rule, version)) {
            statesVersion = version;
        }
    }

    /** Sets the states at a service's locations. */
    void locate(BoardEntry entry, Located located) {
        version++;
        contents.locate(entry, located, rule, version);
    }

    /** Marks an entry as stale. */
    void stale(BoardEntry entry) {
        show(entry, null, entry.marks().stale(true));
    }

    /**
     * Shows a new status, new marks, or both.
     *
     * @param status null for the current one
     */
    void show(BoardEntry entry, @Nullable ServiceStatus status, Marks marks) {
        version++;
        if (contents.update(entry, status, marks, rule, version)) {
            statesVersion = version;
        }
    }

    /**
     * Finds stale entries and certificates with a day less, and drops answers that nobody requests; call it several
     * times per second.
     *
     * @param until deadline, as {@link System#nanoTime}; the next call continues from there
     */
    public void sweep(long until) {
        sweep.step(until);
        answers.dropUnused();
    }

    /** The complete answers made from it. */
    public BoardAnswers answers() {
        return answers;
    }

    /** Makes all changes so far visible in the next answers. */
    public void showAtOnce() {
        urgentVersion = version;
    }

    private void configurationChanged() {
        version++;
        servicesVersion = version;
        urgentVersion = version;
    }

    /** Last reported by the store. */
    public boolean isStoreReachable() {
        return outlook.storeReachable();
    }

    /** Call {@link #markBlind} afterwards. */
    public void storeReachable(boolean reachable) {
        if (isStoreReachable() != reachable) {
            outlook = new Outlook(reachable, outlook.held());
            version++;
            urgentVersion = version;
        }
    }

    /** Sets the partitions that only this node checks. Call {@link #markBlind} afterwards. */
    public void held(Set<Integer> partitions) {
        outlook = new Outlook(isStoreReachable(), partitions);
    }

    Outlook outlook() {
        return outlook;
    }

    /** Updates the blind marks, in slices. */
    Future<Void> markBlind(Vertx vertx) {
        return slices.run(vertx, new BlindWalk(this));
    }

    /** All events up to this one are on the board; null until the first load. */
    public @Nullable EventId upTo() {
        return upTo;
    }

    /** Advances the board's last event; never goes back. */
    public void upTo(EventId id) {
        EventId known = upTo;
        if (known == null || id.isAfter(known)) {
            upTo = id;
        }
    }

    /** Recent changes of stale states, which are not events; replaced by a load that finds a different stale set. */
    public StaleLog staleLog() {
        return contents.staleLog();
    }

    /** The point that answers rendered now reflect; null until the first load. */
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

    /** Increases with every change. */
    public long version() {
        return version;
    }

    /** The version of the last change to services. */
    long servicesVersion() {
        return servicesVersion;
    }

    /** The version of the last change that must be visible at once. */
    public long urgentVersion() {
        return urgentVersion;
    }

    /** The version of the last change that must be visible at once in lists. */
    public long listsVersion() {
        return Math.max(urgentVersion, statesVersion);
    }

    /** Whether the board has been loaded. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Number of services. */
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
     * Finds a different service name that looks like this one.
     *
     * @param among services that the caller may know about
     * @return null if there is none
     */
    public @Nullable String findAlike(String name, Predicate<Service> among) {
        return contents.alikeNames().find(name, among);
    }

    /** In name order. Builds a new list; for large boards, use a {@link BoardWalk} instead. */
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

    /** Live counts of all services visible to an audience, not a copy. */
    public Counts counts(boolean withHidden) {
        return contents.counts(withHidden);
    }

    /** Per group, in group order. */
    public NavigableMap<String, Tally> groups() {
        return contents.groups();
    }

    /** Locations of all services that are not paused, in order; live, not a copy. */
    public Set<String> locations() {
        return contents.locations();
    }

    /** Number of services visible to an audience before a name, optionally including the name's own. */
    public int rank(String name, boolean withName, boolean withHidden) {
        return contents.segments().rank(name, withName, withHidden);
    }

    /** The services visible to an audience at a range of positions in name order. */
    public List<BoardEntry> range(int from, int to, boolean withHidden) {
        return contents.segments().range(from, to, withHidden);
    }

    /** Registers a bulk change that is being applied to the board. */
    void coming(Future<Void> whole) {
        coming = whole;
    }

    /** Completes with the answer once all registered bulk changes are on the board. */
    public <T> Future<T> seen(T answered) {
        return coming.map(answered);
    }

    /** Runs long tasks in slices. */
    public Slices slices() {
        return slices;
    }

    /** Takes a snapshot over the next milliseconds, for reading on another thread. */
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
}
