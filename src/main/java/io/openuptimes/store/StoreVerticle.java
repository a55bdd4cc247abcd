package io.openuptimes.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.config.Version;
import io.openuptimes.store.access.AccessFeature;
import io.openuptimes.store.asks.AsksFeature;
import io.openuptimes.store.audit.AuditFeature;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.events.EventsFeature;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.format.FormatFeature;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.history.HistoryFeature;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Gate;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.nodes.Membership;
import io.openuptimes.store.nodes.NodeRecord;
import io.openuptimes.store.nodes.NodesFeature;
import io.openuptimes.store.once.OnceFeature;
import io.openuptimes.store.results.CertificateStore;
import io.openuptimes.store.results.ResultWriter;
import io.openuptimes.store.results.ResultsFeature;
import io.openuptimes.store.secrets.InstallationKey;
import io.openuptimes.store.secrets.NodeKeys;
import io.openuptimes.store.secrets.SecretBox;
import io.openuptimes.store.services.BulkFeature;
import io.openuptimes.store.services.SecretsFeature;
import io.openuptimes.store.services.ServiceCodec;
import io.openuptimes.store.services.ServiceLoader;
import io.openuptimes.store.services.ServiceStore;
import io.openuptimes.store.services.ServicesFeature;
import io.openuptimes.store.site.SiteFeature;
import io.openuptimes.store.snapshot.SnapshotFeature;
import io.openuptimes.store.state.Admission;
import io.openuptimes.store.state.StateFeature;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Creates everything that uses Redis, and starts and stops it in order. */
public final class StoreVerticle extends VerticleBase {

    /** For computing bulk changes, which run one after the other. */
    private static final int BULK_THREADS = 1;

    private final Settings.Store settings;
    private final Settings.Node node;
    private final boolean alone;
    private final NodeKeys keys;
    private final RedisOptions redis;
    private final Clock clock;
    private final MeterRegistry registry;

    // set in start()
    private Link link;
    private List<Feature> features;
    private ResultWriter writer;
    private Membership nodes;
    private StateFeature state;

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
        DataIdentity identity = new DataIdentity(Keys.SETTINGS);
        Gate gate = new Gate(StoreFormat::refusal);
        Links links = new Links(vertx, redis, Script.loads(), identity, gate);
        link = links.to("store", new WhenThere());
        StoreContext store = context(identity, links);
        features = features(store, gate);
        return Future.all(features.stream().map(Feature::serve).toList())
                .compose(served -> {
                    link.open();
                    features.forEach(Feature::open);
                    return state.admitted();
                })
                .recover(refused -> stop().transform(stopped -> Future.failedFuture(refused)));
    }

    private final class WhenThere implements Link.Listener {

        @Override
        public void up() {
            state.linkUp();
        }

        @Override
        public void down() {
            state.linkDown();
        }

        @Override
        public void refused() {
            state.linkRefused();
        }
    }

    private StoreContext context(DataIdentity identity, Links links) {
        EventCodec events = new EventCodec();
        return new StoreContext(
                vertx,
                Bus.of(vertx),
                links,
                link,
                identity,
                new Commits(link),
                new ChangeTurns(vertx, new ChangeLock(vertx, link, events.origin(), alone)),
                events,
                // closed by vertx.close() and when the verticle is undeployed
                vertx.createSharedWorkerExecutor("history", StoreContext.READ_THREADS),
                clock,
                registry);
    }

    private List<Feature> features(StoreContext store, Gate gate) {
        WorkerExecutor bulkWorkers = vertx.createSharedWorkerExecutor("bulk", BULK_THREADS);
        ServiceCodec codec = new ServiceCodec(new SecretBox(keys.ring()));
        ServiceStore stored = new ServiceStore(link, codec);
        SharedCertificates instances = new SharedCertificates();
        ServiceLoader loader = new ServiceLoader(link, codec, store.readers(), instances);
        CertificateStore certificates = new CertificateStore(link, instances, store.readers(), clock);
        InstallationKey installationKey = new InstallationKey(link.unguarded(), keys.ring());
        StoreFormat format = new StoreFormat(link.unguarded());
        Admission admission = new Admission(link.unguarded(), format, installationKey);

        EventsFeature events = new EventsFeature(store, stored, certificates::remove);
        ServicesFeature services = new ServicesFeature(store, stored, loader, events.announcements(), format::inForce);
        HistoryFeature history = new HistoryFeature(store, stored, services::pasts);
        services.forgetAlso(past -> certificates.remove(List.of(past.serviceId())));
        services.forgetAlso(history::remove);
        ResultsFeature results = new ResultsFeature(
                store,
                settings,
                redis.getType(),
                alone,
                certificates,
                instances,
                new ResultsFeature.Surroundings(
                        history::ttlSeconds,
                        partition -> nodes.epoch(partition),
                        () -> nodes.hasCompany(),
                        reason -> state.refuses(reason)));
        writer = results.writer();
        NodesFeature members = new NodesFeature(
                store,
                alone,
                new NodeRecord(node.name(), node.location(), Version.CURRENT, clock.millis(), keys.ring()::ids),
                new BusChecks(store.bus(), writer),
                admission::check);
        nodes = members.membership();

        List<Feature> kept = List.of(
                results,
                new SnapshotFeature(store, events.appender(), loader, certificates),
                services,
                new BulkFeature(
                        store, codec, bulkWorkers, loader, events.announcements(), node.name(), format::inForce),
                new OnceFeature(store),
                new AsksFeature(store, alone, () -> nodes.nodes().nodes()),
                history,
                events,
                new AccessFeature(store, events.appender()),
                new AuditFeature(store),
                new SiteFeature(store),
                members,
                new FormatFeature(store, format, () -> nodes.nodes().nodes()),
                new SecretsFeature(store, keys, installationKey, codec, bulkWorkers, nodes::nodes));
        state = new StateFeature(store, admission, gate, kept, writer::queued, writer::dropped);
        return Stream.concat(kept.stream(), Stream.of(state)).toList();
    }

    /** Writes pending results, releases this node's partitions, then closes. */
    @Override
    public Future<?> stop() {
        return writer.drain()
                .transform(drained -> nodes.leave())
                .transform(left ->
                        Future.join(Stream.concat(features.stream().map(Feature::close), Stream.of(link.close()))
                                .toList()))
                .otherwiseEmpty();
    }
}
