package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ReadTransitions;
import io.openuptimes.bus.StoreMessage.Transitions;
import io.openuptimes.model.Service;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.events.EventStreams;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/transitions}: status transitions, oldest first, continuing where the last answer ended. Public
 * callers get those of services that are visible now and were visible at the transition.
 */
final class TransitionsHandler {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    /**
     * Store reads per answer; if the caller cannot see very many transitions, an answer may have fewer than requested.
     */
    private static final int MAX_READS = 5;

    private final Bus bus;
    private final StatusBoard board;
    private final SeenServices seen;
    private final EventStreams streams;
    private final ChangesAnswers changes;

    TransitionsHandler(Bus bus, StatusBoard board, EventStreams streams, ChangesAnswers changes) {
        this.bus = bus;
        this.board = board;
        this.seen = new SeenServices(board);
        this.streams = streams;
        this.changes = changes;
    }

    static List<Endpoint> of(WebContext web) {
        return new TransitionsHandler(web.bus(), web.board(), web.streams(), web.changes()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("listTransitions", HttpMethod.GET, "/api/transitions", this::list)
                .taking("limit", "service")
                .taking(ChangesAnswers.PARAMETERS));
    }

    private void list(RoutingContext context) {
        Query query = Query.of(context);
        String text = query.text("since");
        EventId since = text == null ? null : BoardPoint.parseEvent(text);
        int limit = (int) query.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        String name = query.text("service");
        long wait = ChangesAnswers.waitMillis(context, query);
        if (text == null && query.has("wait")) {
            throw Errors.invalid("wait", "requires since");
        }
        seen.requireLoaded();
        String serviceId = name == null ? null : seen.named(context, name).id();
        if (text != null && since == null) {
            Answers.tagged(
                    context,
                    answer(new JsonArray(), board.progress().upTo(), false, true)
                            .toBuffer());
            return;
        }
        Collected collected =
                new Collected(since, serviceId, limit, Access.caller(context).sight());
        // transitions missing from the log may be in the store, so it is read at once, and again after a new event
        collected.read().onFailure(context::fail).onSuccess(read -> {
            if (wait == 0 || !collected.isEmpty()) {
                Answers.tagged(context, collected.answer().toBuffer());
            } else {
                changes.holdUntil(context, wait, collected::isAnyNew, () -> collected
                        .read()
                        .onFailure(context::fail)
                        .onSuccess(again ->
                                Answers.tagged(context, collected.answer().toBuffer())));
            }
        });
    }

    private static JsonObject answer(JsonArray transitions, @Nullable EventId cursor, boolean more, boolean reset) {
        return new JsonObject()
                .put("transitions", transitions)
                .put("cursor", String.valueOf(cursor))
                .put("more", more)
                .put("reset", reset);
    }

    /** The transitions collected for one request. */
    private final class Collected {

        private final @Nullable EventId since;
        private final @Nullable String serviceId;
        private final int limit;
        private final Sight sight;
        private final Deque<Event.Turned> transitions = new ArrayDeque<>();
        private @Nullable EventId from;
        private @Nullable EventId cursor;
        private boolean more;
        private boolean reset;
        private int reads;

        Collected(@Nullable EventId since, @Nullable String serviceId, int limit, Sight sight) {
            this.since = since;
            this.serviceId = serviceId;
            this.limit = limit;
            this.sight = sight;
            this.cursor = since;
        }

        /** Continues reading: forwards from the cursor, or backwards without one. */
        Future<Void> read() {
            reads = 0;
            return step();
        }

        private Future<Void> step() {
            reads++;
            int missing = limit - transitions.size();
            ReadTransitions wanted = since == null
                    ? new ReadTransitions(null, from, serviceId, missing)
                    : new ReadTransitions(cursor, null, serviceId, missing);
            return bus.request(StoreMessage.READ_TRANSITIONS, wanted).compose(read -> {
                take(read);
                return more && !reset && transitions.size() < limit && reads < MAX_READS
                        ? step()
                        : Future.succeededFuture();
            });
        }

        private void take(Transitions read) {
            reset = !read.known();
            more = read.more();
            if (since != null) {
                read.transitions().stream().filter(this::isSeen).forEach(transitions::addLast);
                cursor = reset ? board.progress().upTo() : read.last();
            } else {
                for (int i = read.transitions().size() - 1; i >= 0; i--) {
                    if (isSeen(read.transitions().get(i))) {
                        transitions.addFirst(read.transitions().get(i));
                    }
                }
                from = read.first();
                cursor = cursor == null ? read.last() : cursor;
            }
        }

        private boolean isSeen(Event.Turned turned) {
            return service(turned) != null;
        }

        private @Nullable Service service(Event.Turned turned) {
            BoardEntry entry = board.findById(turned.transition().serviceId());
            if (entry == null) {
                return null;
            }
            Service service = entry.service();
            boolean open = sight.withHidden() || turned.visibility() == Event.Visibility.PUBLIC;
            return open && sight.sees(service) ? service : null;
        }

        boolean isEmpty() {
            return transitions.isEmpty() && !reset;
        }

        boolean isAnyNew() {
            EventId known = cursor;
            return known == null || streams.hasTurned(known, sight, serviceId);
        }

        JsonObject answer() {
            JsonArray list = new JsonArray();
            for (Event.Turned turned : transitions) {
                Service service = service(turned);
                if (service != null) {
                    list.add(json(turned, service, sight.withHidden()));
                }
            }
            // the newest page has no next one
            return TransitionsHandler.answer(list, cursor, since != null && more, reset);
        }
    }

    /**
     * @param withPeer whether the caller may see which server was reached
     */
    private static JsonObject json(Event.Turned turned, Service service, boolean withPeer) {
        Transition transition = turned.transition();
        JsonObject json = new JsonObject()
                .put("id", turned.id().toString())
                .put("serviceId", service.id())
                .put("service", service.name())
                .put("from", transition.from().word())
                .put("to", transition.to().word())
                .put("at", transition.at())
                .put("since", transition.since());
        if (transition.to() == Status.DOWN) {
            json.put("error", HistoryHandler.error(transition.cause(), transition.error()));
            if (withPeer) {
                PeerJson.put(json, transition.peer());
            }
        }
        return json;
    }
}
