package io.openuptimes.store.once;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.vertx.core.Future;

/** The store's addresses for idempotency records. */
public final class OnceAddresses {

    private final Bus bus;
    private final OnceStore once;

    public OnceAddresses(Bus bus, OnceStore once) {
        this.bus = bus;
        this.once = once;
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.BEGIN_ONCE, once::begin),
                bus.serve(Addresses.END_ONCE, message -> once.end(message).map(DONE)));
    }
}
