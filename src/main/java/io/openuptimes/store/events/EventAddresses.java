package io.openuptimes.store.events;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.vertx.core.Future;

/** The store's addresses for the event stream. */
public final class EventAddresses {

    private final Bus bus;
    private final EventReads past;
    private final EventTail tail;

    /**
     * @param tail publishes everything that follows the events read
     */
    public EventAddresses(Bus bus, EventReads past, EventTail tail) {
        this.bus = bus;
        this.past = past;
        this.tail = tail;
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(
                        Addresses.READ_EVENTS, message -> tail.ready().compose(ready -> past.newest(message.newest()))),
                bus.serve(Addresses.READ_TRANSITIONS, past::transitions));
    }
}
