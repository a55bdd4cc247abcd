package io.openuptimes.store.once;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.Shared;
import io.vertx.core.Future;

/** Idempotency records: serves {@link OnceStore}. */
public final class OnceFeature implements Feature {

    private final Bus bus;
    private final OnceStore once;

    public OnceFeature(Shared shared) {
        this.bus = shared.bus();
        this.once = new OnceStore(shared.link(), shared.commits(), OnceStore.Limits.USUAL, shared.registry());
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.BEGIN_ONCE, once::begin),
                bus.serve(Addresses.END_ONCE, message -> once.end(message).map(DONE)));
    }
}
