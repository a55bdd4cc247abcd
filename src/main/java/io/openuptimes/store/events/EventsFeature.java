package io.openuptimes.store.events;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.OwnNetworkChanged;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.services.Announcements;
import io.openuptimes.store.services.ServiceStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** The event stream: appends to it, follows it, and reads past events. */
public final class EventsFeature implements Feature {

    private final Bus bus;
    private final String node;
    private final EventAppender appender;
    private final Announcer announcer;
    private final EventTail tail;
    private final EventReads past;

    /**
     * @param node name of this node
     * @param services shares the connection of this process's changes
     * @param moved called with the ids of services whose URL has changed
     */
    public EventsFeature(StoreContext store, String node, ServiceStore services, Consumer<List<String>> moved) {
        this.bus = store.bus();
        this.node = node;
        this.appender = new EventAppender(store.link(), store.events());
        this.announcer = new Announcer(bus, appender, store.commits(), store.identity(), moved);
        this.tail = new EventTail(store.vertx(), bus, store.links(), store.events(), appender, services);
        this.past = new EventReads(store.link(), store.events());
    }

    /** Appends events of other features. */
    public EventAppender appender() {
        return appender;
    }

    /** Announces stored changes of services. */
    public Announcements announcements() {
        return announcer;
    }

    @Override
    public Future<?> serve() {
        // the tail publishes everything that follows the events read
        return Future.all(
                bus.listen(NodeMessage.OWN_NETWORK, this::turned),
                bus.serve(StoreMessage.READ_EVENTS, message -> tail.ready()
                        .compose(ready -> past.newest(message.newest()))),
                bus.serve(StoreMessage.READ_TRANSITIONS, past::transitions));
    }

    private void turned(OwnNetworkChanged message) {
        NodeOutage outage = message.changed();
        if (outage != null) {
            appender.nodeTurned(node, outage);
        }
    }

    @Override
    public void open() {
        tail.open();
    }

    @Override
    public Future<?> reached() {
        return appender.flush();
    }

    @Override
    public Future<?> upkeep() {
        appender.retry();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> close() {
        return tail.close();
    }
}
