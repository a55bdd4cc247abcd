package io.openuptimes.store.once;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.OnceMessage;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;

/** Idempotency records: serves {@link OnceStore}. */
public final class OnceFeature implements Feature {

    private final Bus bus;
    private final OnceStore once;

    public OnceFeature(StoreContext store) {
        this.bus = store.bus();
        this.once = new OnceStore(store.link(), store.commits(), OnceStore.Limits.USUAL, store.registry());
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.serve(OnceMessage.BEGIN_ONCE, once::begin),
                bus.serve(OnceMessage.END_ONCE, message -> once.end(message).map(DONE)));
    }
}
