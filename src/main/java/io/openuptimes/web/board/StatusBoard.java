package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.http.Slices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
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
    private final BoardVersions versions = new BoardVersions();
    private final BoardOutlook outlook = new BoardOutlook(this);
    private final BoardProgress progress = new BoardProgress(this::staleLog);
    private final BoardServices services = new BoardServices(this);
    private final BoardResults results;
    private Contents contents = Contents.empty();
    private boolean loaded;

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
        results = new BoardResults(this, nanoTime);
    }

    /** Replaces the contents. A service without a status counts as not checked yet. */
    public void load(Collection<Service> services, Collection<ServiceStatus> statuses) {
        load(Contents.of(services, statuses, List.of(), rule, now()));
    }

    /** Replaces the contents with those built from the store. */
    void load(Contents made) {
        List<ServiceStatus> hidden = results.carryInto(made);
        made.goOnWith(contents.staleLog());
        contents = made;
        loaded = true;
        versions.servicesChanged();
        results.reconcile(hidden);
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

    /** Sets an entry's certificate, or updates its remaining days. */
    void certify(BoardEntry entry, @Nullable DatedCertificate certificate) {
        if (Objects.equals(entry.certificate(), certificate)) {
            return;
        }
        if (contents.certify(entry, certificate, rule, versions.changed())) {
            versions.statesChanged();
        }
    }

    /** Sets the states at a service's locations. */
    void locate(BoardEntry entry, Located located) {
        contents.locate(entry, located, rule, versions.changed());
    }

    /**
     * Shows a new status, new marks, or both.
     *
     * @param status null for the current one
     */
    void show(BoardEntry entry, @Nullable ServiceStatus status, Marks marks) {
        if (contents.update(entry, status, marks, rule, versions.changed())) {
            versions.statesChanged();
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

    /** Applies changes of services. */
    public BoardServices services() {
        return services;
    }

    /** Applies results of checks. */
    public BoardResults results() {
        return results;
    }

    /** Which changes it reflects. */
    public BoardProgress progress() {
        return progress;
    }

    /** Which services' results it sees. */
    public BoardOutlook outlook() {
        return outlook;
    }

    /** Counts of its changes. */
    public BoardVersions versions() {
        return versions;
    }

    /** The complete answers made from it. */
    public BoardAnswers answers() {
        return answers;
    }

    /** Recent changes of stale states, which are not events; replaced by a load that finds a different stale set. */
    public StaleLog staleLog() {
        return contents.staleLog();
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
        return contents.segments().all();
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

    /** Runs long tasks in slices. */
    public Slices slices() {
        return slices;
    }

    /** Takes a snapshot over the next milliseconds, for reading on another thread. */
    public Future<Frozen.Board> freeze(Vertx vertx) {
        return Frozen.of(this, vertx);
    }
}
