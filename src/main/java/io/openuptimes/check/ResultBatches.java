package io.openuptimes.check;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.RecordResults;
import io.openuptimes.model.CheckResult;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Sends results to the store in small groups, because each message may wake the store's event loop. */
final class ResultBatches {

    private static final long WAIT_MS = 10;
    private static final int FULL = 500;

    private final Vertx vertx;
    private final Bus bus;
    private List<CheckResult> results = new ArrayList<>();

    ResultBatches(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    void add(CheckResult result) {
        results.add(result);
        if (results.size() == 1) {
            vertx.setTimer(WAIT_MS, timer -> send());
        } else if (results.size() >= FULL) {
            send();
        }
    }

    /** Sends the pending results. */
    void send() {
        if (!results.isEmpty()) {
            bus.send(Addresses.RECORD_ALL, new RecordResults(List.copyOf(results)));
            results = new ArrayList<>();
        }
    }
}
