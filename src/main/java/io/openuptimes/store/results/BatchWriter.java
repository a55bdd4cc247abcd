package io.openuptimes.store.results;

import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.RecordCommands.Fenced;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes a batch of results, then the resulting transitions, new certificates, and the entries for other nodes.
 * Transitions are written at least once.
 */
final class BatchWriter {

    private final Link link;
    private final Layout layout;
    private final LongSupplier ttlSeconds;
    private final RecentTransitions transitions;
    private final ResultFeed feed;
    private final RecordAnswers answers;
    private final CertificateWrites certificates;

    /**
     * @param ttlSeconds how long history is kept, 0 for unlimited
     */
    BatchWriter(
            Vertx vertx,
            Link link,
            Layout layout,
            LongSupplier ttlSeconds,
            EventCodec events,
            ResultFeed feed,
            CertificateStore known,
            ResultMetrics metrics) {
        this.link = link;
        this.layout = layout;
        this.ttlSeconds = ttlSeconds;
        this.transitions = new RecentTransitions(vertx, link, events, layout != Layout.SINGLE, metrics);
        this.feed = feed;
        this.answers = new RecordAnswers(metrics, known);
        this.certificates = new CertificateWrites(link);
    }

    /** Called when other nodes have joined. */
    void greet() {
        link.batch(feed.greeting()); // if it is lost, the next entry reveals the gap
    }

    /** Called when the event stream's server is available again; rewrites what it may have lost. */
    void restoreTransitions() {
        transitions.restore();
    }

    /** Fails if any part may be missing in Redis; the batch can then be written again. */
    Future<Written> write(List<Pending> batch) {
        List<List<Pending>> calls = new ArrayList<>();
        for (int from = 0; from < batch.size(); from += RecordCommands.MAX_A_CALL) {
            calls.add(batch.subList(from, Math.min(batch.size(), from + RecordCommands.MAX_A_CALL)));
        }
        return link.batch(calls.stream().map(this::record).toList())
                .map(told -> answers.read(calls, told))
                .compose(changed -> verified(changed, batch.size()))
                .compose(changed -> {
                    Future<Written> told = tell(changed);
                    return Future.join(transitions.append(changed), told).compose(done -> told);
                });
    }

    /** Writes certificates and the entries for other nodes. A lost entry is revealed by the next one's number. */
    private Future<Written> tell(Written changed) {
        return changed.certificates().isEmpty()
                ? tellOthers(changed)
                : certificates
                        .write(changed.certificates())
                        .compose(written -> tellOthers(changed.withCertificates(written)));
    }

    private Future<Written> tellOthers(Written changed) {
        return link.batch(feed.entries(changed.statuses(), changed.certificates()))
                .map(changed)
                .otherwise(changed);
    }

    /** Missing services may mean that all data is gone; the batch must then be kept. */
    private Future<Written> verified(Written changed, int results) {
        return changed.statuses().size() == results
                ? Future.succeededFuture(changed)
                : link.verify().map(changed);
    }

    private Request record(List<Pending> call) {
        List<Fenced> results = call.stream().map(Pending::fenced).toList();
        return layout == Layout.CLUSTER
                ? RecordCommands.recordInCluster(results, ttlSeconds.getAsLong())
                : RecordCommands.record(results, ttlSeconds.getAsLong());
    }
}
