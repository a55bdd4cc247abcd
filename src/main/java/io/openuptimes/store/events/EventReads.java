package io.openuptimes.store.events;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.StoreMessage.PastEvents;
import io.openuptimes.bus.StoreMessage.ReadTransitions;
import io.openuptimes.bus.StoreMessage.Transitions;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.EventCodec.Entry;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the event stream in steps, so that other commands are not delayed. */
final class EventReads {

    private static final int STEP = 1_000;
    /** Maximum number of entries that one call examines. */
    private static final int MAX_LOOKED_AT = 20_000;

    private final Link link;
    private final EventCodec codec;

    EventReads(Link link, EventCodec codec) {
        this.link = link;
        this.codec = codec;
    }

    /** The newest events, back to the last entry that made all earlier ones useless. */
    Future<PastEvents> newest(int count) {
        return back(null, count, new ArrayList<>());
    }

    private Future<PastEvents> back(@Nullable EventId before, int count, List<Entry> newestFirst) {
        // one more than wanted: the wanted ones come after it
        int step = Math.min(STEP, count + 1 - newestFirst.size());
        return backwards(before, step).compose(read -> {
            for (Entry entry : read) {
                newestFirst.add(entry);
                if (entry.event() instanceof Event.Anew) {
                    return Future.succeededFuture(past(newestFirst));
                }
            }
            return read.size() < step || newestFirst.size() > count
                    ? Future.succeededFuture(past(newestFirst))
                    : back(read.get(read.size() - 1).id(), count, newestFirst);
        });
    }

    private static PastEvents past(List<Entry> newestFirst) {
        List<Event> events = new ArrayList<>(newestFirst.size());
        for (int i = newestFirst.size() - 2; i >= 0; i--) {
            Event event = newestFirst.get(i).event();
            if (event != null) {
                events.add(event);
            }
        }
        EventId after = newestFirst.isEmpty()
                ? new EventId(0, 0)
                : newestFirst.get(newestFirst.size() - 1).id();
        return new PastEvents(after, List.copyOf(events));
    }

    Future<Transitions> transitions(ReadTransitions wanted) {
        EventId after = wanted.after();
        if (after == null) {
            return back(wanted, wanted.before(), new Found());
        }
        return forwards(new EventId(0, 0), 1).compose(oldest -> {
            if (oldest.isEmpty() || oldest.get(0).id().isAfter(after)) {
                return Future.succeededFuture(new Transitions(List.of(), after, after, false, false));
            }
            Found found = new Found();
            found.first = after;
            found.last = after;
            return ahead(wanted, after, found);
        });
    }

    /** The matches of a call so far. */
    private static final class Found {
        final List<Event.Turned> transitions = new ArrayList<>();

        @Nullable
        EventId first;

        @Nullable
        EventId last;

        int lookedAt;

        /** Returns whether to continue; false once there are enough matches. */
        boolean take(Entry entry, ReadTransitions wanted) {
            lookedAt++;
            if (entry.event() instanceof Event.Turned turned
                    && (wanted.serviceId() == null
                            || wanted.serviceId().equals(turned.transition().serviceId()))) {
                transitions.add(turned);
            }
            return transitions.size() < wanted.limit();
        }

        Transitions answer(boolean more) {
            EventId none = new EventId(0, 0);
            return new Transitions(
                    List.copyOf(transitions), first == null ? none : first, last == null ? none : last, more, true);
        }
    }

    private Future<Transitions> ahead(ReadTransitions wanted, EventId after, Found found) {
        return forwards(after, STEP).compose(read -> {
            for (Entry entry : read) {
                found.last = entry.id();
                if (!found.take(entry, wanted)) {
                    return Future.succeededFuture(found.answer(true));
                }
            }
            return read.size() < STEP || found.lookedAt >= MAX_LOOKED_AT
                    ? Future.succeededFuture(found.answer(read.size() == STEP))
                    : ahead(wanted, read.get(read.size() - 1).id(), found);
        });
    }

    private Future<Transitions> back(ReadTransitions wanted, @Nullable EventId before, Found found) {
        return backwards(before, STEP).compose(read -> {
            boolean more = true;
            for (Entry entry : read) {
                found.first = entry.id();
                if (found.last == null) {
                    found.last = entry.id();
                }
                more = found.take(entry, wanted);
                if (!more) {
                    break;
                }
            }
            if (more && read.size() == STEP && found.lookedAt < MAX_LOOKED_AT) {
                return back(wanted, read.get(read.size() - 1).id(), found);
            }
            Collections.reverse(found.transitions);
            return Future.succeededFuture(found.answer(!more || read.size() == STEP));
        });
    }

    private Future<List<Entry>> forwards(EventId after, int count) {
        return read(Command.XRANGE, "(" + after, "+", count);
    }

    private Future<List<Entry>> backwards(@Nullable EventId before, int count) {
        return read(Command.XREVRANGE, before == null ? "+" : "(" + before, "-", count);
    }

    private Future<List<Entry>> read(Command command, String from, String to, int count) {
        return link.send(Request.cmd(command)
                        .arg(Keys.EVENTS)
                        .arg(from)
                        .arg(to)
                        .arg("COUNT")
                        .arg(count))
                .map(codec::entries);
    }
}
