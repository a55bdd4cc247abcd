package io.openuptimes.web.board;

import io.openuptimes.model.Warning;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who became stale, or fresh again, lately, and whose warning changed: the newest ten thousand. No event tells it, as
 * every board finds out by itself; so each keeps its own log, in which a {@link StaleMark} is a place.
 *
 * <p>Which services are stale, and which have which warning, is also a number, the exclusive or of hashes: the same on
 * every board, and after a restart. By it a mark of another board is found here, where there is nothing to tell if the
 * same ones are stale and have the same warnings.
 */
public final class StaleLog {

    static final int CAPACITY = 10_000;
    /** Tells a service's warning from its being stale; no id has it. */
    private static final String WARNED = "!";

    private final long token = ThreadLocalRandom.current().nextLong();
    private String[] ids = {};
    private long[] states = {};
    private long first;
    private long end;
    /** Of those that were stale before the first that is kept. */
    private long base;

    private long state;
    private @Nullable StaleMark mark;
    /** Where each state was last. */
    private final Map<Long, Long> places = new HashMap<>(Map.of(0L, 0L));

    /** A service that was stale is not any more, or the other way round. */
    void turned(String serviceId) {
        add(serviceId, hash(serviceId));
    }

    /** A service has another warning, or none any more; the days that are left are part of it. */
    void warned(String serviceId, @Nullable Warning before, @Nullable Warning now) {
        add(serviceId, hash(serviceId, before) ^ hash(serviceId, now));
    }

    private void add(String serviceId, long hash) {
        if (ids.length == 0) {
            ids = new String[CAPACITY];
            states = new long[CAPACITY];
        }
        if (end - first == CAPACITY) {
            places.remove(base, first); // unless it was so again later
            base = states[slot(first)];
            first++;
        }
        state ^= hash;
        ids[slot(end)] = serviceId;
        states[slot(end)] = state;
        end++;
        places.put(state, end);
        mark = new StaleMark(token, end, state);
    }

    private static int slot(long place) {
        return (int) (place % CAPACITY);
    }

    private static long hash(String serviceId, @Nullable Warning warning) {
        return warning == null ? 0 : hash(serviceId + WARNED + warning.code() + warning.days());
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    /** Whether the same services are stale, and have the same warnings, by both. */
    boolean isLike(StaleLog other) {
        return state == other.state;
    }

    /** The place of the oldest. Whoever is further back has missed something. */
    public long first() {
        return first;
    }

    /** The place of the one that comes next. */
    public long end() {
        return end;
    }

    /** The id of the service. */
    public String get(long place) {
        return ids[slot(place)];
    }

    /** Up to now; null as long as there has never been anything, which every board says alike. */
    @Nullable
    StaleMark mark() {
        return mark;
    }

    /** Up to a place, for a caller who has been told of some already what came after it: to be found here only. */
    public @Nullable StaleMark mark(long place) {
        return end == 0 ? null : new StaleMark(token, place, null);
    }

    /**
     * The place from which somebody who knows everything up to a mark goes on.
     *
     * @param known null for somebody to whom nothing is stale
     * @return -1 if that is not known here
     */
    public long after(@Nullable StaleMark known) {
        if (known != null && known.log() == token) {
            return known.place() < first || known.place() > end ? -1 : known.place();
        }
        @Nullable Long there = known == null ? Long.valueOf(0) : known.state();
        return there == null ? -1 : places.getOrDefault(there, -1L);
    }

    /** Whether a mark that is not known here is another board's, maybe a moment ahead: this one may get there yet. */
    public boolean mayReach(@Nullable StaleMark unknown) {
        return unknown != null && unknown.log() != token && unknown.state() != null;
    }
}
