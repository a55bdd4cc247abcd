package io.openuptimes.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.config.Version;
import io.openuptimes.store.access.AccessAddresses;
import io.openuptimes.store.access.AccessStore;
import io.openuptimes.store.access.KeyStore;
import io.openuptimes.store.audit.AuditAddresses;
import io.openuptimes.store.audit.AuditStore;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.events.Announcer;
import io.openuptimes.store.events.EventAddresses;
import io.openuptimes.store.events.EventAppender;
import io.openuptimes.store.events.EventReads;
import io.openuptimes.store.events.EventTail;
import io.openuptimes.store.format.FormatRaise;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.history.HistoryAddresses;
import io.openuptimes.store.history.HistoryStore;
import io.openuptimes.store.history.ResponseTimeReader;
import io.openuptimes.store.history.Retention;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.nodes.Membership;
import io.openuptimes.store.nodes.NodeAddresses;
import io.openuptimes.store.nodes.NodeMetrics;
import io.openuptimes.store.nodes.NodeRecord;
import io.openuptimes.store.nodes.NodeTiming;
import io.openuptimes.store.nodes.StoredHealth;
import io.openuptimes.store.once.OnceAddresses;
import io.openuptimes.store.once.OnceStore;
import io.openuptimes.store.results.CertificateStore;
import io.openuptimes.store.results.ResultAddresses;
import io.openuptimes.store.results.ResultTail;
import io.openuptimes.store.results.ResultWriter;
import io.openuptimes.store.secrets.InstallationKey;
import io.openuptimes.store.secrets.NodeKeys;
import io.openuptimes.store.secrets.SecretBox;
import io.openuptimes.store.services.BulkAddresses;
import io.openuptimes.store.services.BulkStore;
import io.openuptimes.store.services.DeclaredBy;
import io.openuptimes.store.services.DeletedServices;
import io.openuptimes.store.services.Forgetting;
import io.openuptimes.store.services.SecretRotation;
import io.openuptimes.store.services.ServiceAddresses;
import io.openuptimes.store.services.ServiceChanges;
import io.openuptimes.store.services.ServiceCodec;
import io.openuptimes.store.services.ServiceLoader;
import io.openuptimes.store.services.ServiceStore;
import io.openuptimes.store.site.SiteAddresses;
import io.openuptimes.store.site.SiteStore;
import io.openuptimes.store.snapshot.LoadAddress;
import io.openuptimes.store.state.Admission;
import io.openuptimes.store.state.Reachability;
import io.openuptimes.store.state.StateAddresses;
import io.openuptimes.store.state.StoreMetrics;
import io.openuptimes.store.state.Upkeep;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.util.List;

/** Creates everything that uses Redis, and starts and stops it in order. */
public final class StoreVerticle extends VerticleBase {

    /** For decoding past days: enough for many short reads, too few for long ones to occupy the machine. */
    private static final int HISTORY_THREADS = 2;

    /** For computing bulk changes, which run one after the other. */
    private static final int BULK_THREADS = 1;

    /** How long the start waits for Redis to find out whether this node has the installation's key. */
    private static final long START_WAIT_MS = 2_000;

    private final Settings.Store settings;
    private final Settings.Node node;
    private final boolean alone;
    private final NodeKeys keys;
    private final RedisOptions redis;
    private final Clock clock;
    private final MeterRegistry registry;

    // set in start()
    private Link link;
    private Reachability reachability;
    private EventTail eventTail;
    private ResultTail resultTail;
    private ResultWriter writer;
    private Membership nodes;

    /** For an unnamed node that may share Redis with others. */
    public StoreVerticle(Settings.Store settings, RedisOptions redis, Clock clock, MeterRegistry registry) {
        this(settings, new Settings.Node("node", null), redis, false, NodeKeys.none(), clock, registry);
    }

    /**
     * @param node this one
     * @param redis the server to use
     * @param alone whether nobody else can use it
     * @param keys encrypt secrets
     * @param clock tells the time of day
     */
    @SuppressWarnings("NullAway.Init")
    public StoreVerticle(
            Settings.Store settings,
            Settings.Node node,
            RedisOptions redis,
            boolean alone,
            NodeKeys keys,
            Clock clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.node = node;
        this.alone = alone;
        this.keys = keys;
        this.redis = redis;
        this.clock = clock;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        EventCodec codec = new EventCodec();
        // closed by vertx.close() and when the verticle is undeployed
        WorkerExecutor historyWorkers = vertx.createSharedWorkerExecutor("history", HISTORY_THREADS);
        WorkerExecutor bulkWorkers = vertx.createSharedWorkerExecutor("bulk", BULK_THREADS);

        DataIdentity identity = new DataIdentity(Keys.SETTINGS);
        Links links = new Links(vertx, redis, Script.loads(), identity);
        link = links.to("store", () -> reachability.there(), () -> reachability.away());

        Commits commits = new Commits(link);
        Retention retention = new Retention(link, commits, clock);
        HistoryStore history = new HistoryStore(link, retention, clock, historyWorkers);
        ResponseTimeReader responseTimes = new ResponseTimeReader(link, retention, clock, historyWorkers);

        ChangeTurns turns = new ChangeTurns(vertx, new ChangeLock(vertx, link, codec.origin(), alone));
        ServiceCodec serviceCodec = new ServiceCodec(new SecretBox(keys.ring()));
        InstallationKey installationKey = new InstallationKey(link, keys.ring());
        StoreFormat format = new StoreFormat(link);
        Admission admission = new Admission(link, format, installationKey);
        ServiceStore services = new ServiceStore(link, serviceCodec);
        SharedCertificates instances = new SharedCertificates();
        ServiceLoader loader = new ServiceLoader(link, serviceCodec, historyWorkers, instances);
        ServiceChanges changes = new ServiceChanges(link, commits, turns, services, clock);
        DeletedServices deleted = new DeletedServices(link, commits, turns, services, clock);
        CertificateStore certificates = new CertificateStore(link, instances, historyWorkers, clock);
        Forgetting forgetting = new Forgetting(
                link,
                turns,
                services,
                loader,
                past -> certificates.remove(List.of(past.serviceId())).compose(gone -> history.remove(past)),
                clock);
        EventAppender events = new EventAppender(link, codec);
        Announcer announcer = new Announcer(bus, events, commits, identity, certificates::remove);
        BulkStore bulk = new BulkStore(
                link,
                serviceCodec,
                commits,
                turns,
                bulkWorkers,
                clock,
                loader::roomFor,
                announcer::changedMany,
                announcer::finished);
        FormatRaise raise = new FormatRaise(format, turns);
        Upkeep upkeep = new Upkeep(
                vertx,
                link,
                events,
                commits,
                turns,
                retention,
                history,
                forgetting,
                admission,
                () -> {
                    reachability.followed();
                    raise.attempt(nodes.nodes().nodes());
                },
                () -> reachability.refused());

        reachability =
                new Reachability(bus, link, admission, events, commits, turns, retention, new StoreMetrics(registry));
        eventTail = new EventTail(vertx, bus, links, codec, events, services);
        resultTail = new ResultTail(vertx, bus, links, codec.origin(), instances, registry);
        writer = new ResultWriter(
                vertx,
                bus,
                links,
                redis.getType(),
                settings,
                codec,
                certificates,
                retention::ttlSeconds,
                partition -> nodes.epoch(partition),
                () -> nodes.hasCompany(),
                clock,
                registry,
                reachability::refuses);
        nodes = nodes(bus, codec.origin(), links, new StoredHealth(link, historyWorkers));
        SecretRotation rotation =
                new SecretRotation(vertx, link, keys, installationKey, serviceCodec, bulkWorkers, () -> nodes.nodes());
        return Future.all(List.of(
                        new ResultAddresses(bus, writer).serve(),
                        new StateAddresses(bus, link, writer, reachability).serve(),
                        certificates.listen(bus),
                        new LoadAddress(bus, link, identity, turns, events, loader, certificates).serve(),
                        new ServiceAddresses(bus, changes, deleted, announcer).serve(),
                        new BulkAddresses(bus, bulk, new DeclaredBy(link, codec.origin(), node.name())).serve(),
                        new OnceAddresses(bus, new OnceStore(link, commits, OnceStore.Limits.USUAL, registry)).serve(),
                        new HistoryAddresses(
                                        bus,
                                        history,
                                        responseTimes,
                                        retention,
                                        services,
                                        forgetting,
                                        commits,
                                        HISTORY_THREADS)
                                .serve(),
                        new EventAddresses(bus, new EventReads(link, codec), eventTail).serve(),
                        new AccessAddresses(
                                        bus, new KeyStore(link, commits), new AccessStore(link, commits, clock), events)
                                .serve(),
                        new AuditAddresses(bus, new AuditStore(link, AuditStore.Limits.USUAL, clock, registry)).serve(),
                        new SiteAddresses(bus, new SiteStore(link, commits), commits).serve(),
                        new NodeAddresses(bus, admission::check, nodes).serve(),
                        bus.serve(Addresses.ROTATE_SECRETS, message -> rotation.rotate(message.by()))))
                .compose(served -> {
                    open();
                    upkeep.begin();
                    return reachability.checked(vertx, START_WAIT_MS);
                })
                .recover(refused -> stop().transform(stopped -> Future.failedFuture(refused)));
    }

    private Membership nodes(Bus bus, String origin, Links links, StoredHealth storedHealth) {
        return new Membership(
                vertx,
                links,
                origin,
                alone,
                alone ? NodeTiming.ALONE : NodeTiming.USUAL,
                new NodeRecord(node.name(), node.location(), Version.CURRENT, clock.millis(), keys.ring()::ids),
                storedHealth,
                new BusChecks(bus, writer),
                new NodeMetrics(registry));
    }

    private void open() {
        link.open();
        writer.open();
        eventTail.open();
        if (!alone) {
            resultTail.open();
        }
    }

    /** Writes pending results, releases this node's partitions, then closes. */
    @Override
    public Future<?> stop() {
        return writer.drain()
                .transform(drained -> nodes.leave())
                .transform(left -> Future.join(eventTail.close(), resultTail.close(), writer.close(), link.close()))
                .otherwiseEmpty();
    }
}
