package io.openuptimes.store.results;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.vertx.core.Future;

/** The store's addresses for results. */
final class ResultAddresses {

    private final Bus bus;
    private final ResultWriter writer;

    ResultAddresses(Bus bus, ResultWriter writer) {
        this.bus = bus;
        this.writer = writer;
    }

    Future<?> serve() {
        return Future.all(
                bus.serve(StoreMessage.RECORD, message -> writer.addAndWait(message.verdict())
                        .map(DONE)),
                bus.serve(StoreMessage.RECORD_ALL, message -> {
                    message.verdicts().forEach(writer::add);
                    return Future.succeededFuture(DONE);
                }));
    }
}
