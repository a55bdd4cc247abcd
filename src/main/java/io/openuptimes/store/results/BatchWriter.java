package io.openuptimes.store.results;

import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Writes a batch of results, then changed certificates and the entries for other nodes. */
final class BatchWriter {

    private final Link link;
    private final Layout layout;
    private final LongSupplier ttlSeconds;
    private final EventCodec events;
    private final ResultFeed feed;
    private final RecordAnswers answers;
    private final CertificateWrites certificates;

    /**
     * @param ttlSeconds how long history is kept, 0 for unlimited
     */
    BatchWriter(
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
        this.events = events;
        this.feed = feed;
        this.answers = new RecordAnswers(metrics, known);
        this.certificates = new CertificateWrites(link);
    }

    /** Called when other nodes have joined. */
    void greet() {
        link.batch(feed.greeting()); // if it is lost, the next entry reveals the gap
    }

    /** Fails if any part may be missing in Redis; the batch can then be written again. */
    Future<Written> write(List<Pending> batch) {
        List<List<Pending>> calls = new ArrayList<>();
        for (int from = 0; from < batch.size(); from += RecordCommands.MAX_A_CALL) {
            calls.add(batch.subList(from, Math.min(batch.size(), from + RecordCommands.MAX_A_CALL)));
        }
        return link.batch(calls.stream().map(this::record).toList())
                .map(told -> answers.read(calls, told))
                .compose(this::verified)
                .compose(this::tell);
    }

    /** Writes certificates and the entries for other nodes. A lost entry is revealed by the next one's number. */
    private Future<Written> tell(Written written) {
        return written.certificates.isEmpty()
                ? tellOthers(written)
                : certificates.write(written.certificates).compose(lasting -> {
                    written.certificates.retainAll(lasting); // the next checks provide the others again
                    return tellOthers(written);
                });
    }

    private Future<Written> tellOthers(Written written) {
        return link.batch(written.stored.isEmpty() ? List.of() : feed.entries(written::statuses, written.certificates))
                .map(written)
                .otherwise(written);
    }

    /** Missing services may mean that all data is gone; the batch must then be kept. */
    private Future<Written> verified(Written written) {
        return written.refused == 0
                ? Future.succeededFuture(written)
                : link.verify().map(written);
    }

    private Request record(List<Pending> call) {
        List<ResultWrite> writes = call.stream().map(Pending::write).toList();
        return layout == Layout.CLUSTER
                ? RecordCommands.recordInCluster(writes, ttlSeconds.getAsLong(), events)
                : RecordCommands.record(writes, ttlSeconds.getAsLong(), events);
    }
}
