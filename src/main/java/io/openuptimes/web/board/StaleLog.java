package io.openuptimes.web.board;

import io.openuptimes.model.Warning;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The latest ten thousand changes of stale states, warnings, provisional states and qualified statuses, such as degraded
 * ones. They are not published as events,
 * because each board detects them itself; so each board has its own log, and a {@link StaleMark} is a position in it.
 *
 * <p>The set of stale services and of warnings is also hashed into one number, an exclusive or of hashes, which is the
 * same on every board and after a restart. With it, a mark from another board is found here if both have had the same
 * set, so that the client has nothing to catch up on.
 */
public final class StaleLog {

    static final int CAPACITY = 10_000;
    /** Distinguishes a service's warning from its stale state; no id contains it. */
    private static final String WARNED = "!";
    /** Distinguishes the qualification of a service's status from its stale state. */
    private static final String QUALIFIED = "~";
    /** Distinguishes a service's provisional change from its stale state. */
    private static final String PROVISIONAL = "?";

    private final long token = ThreadLocalRandom.current().nextLong();
    private String[] ids = {};
    private long[] states = {};
    private long first;
    private long end;
    /** State hash before the oldest entry kept. */
    private long base;

    private long state;
    private @Nullable StaleMark mark;
    /** Latest position of each state hash. */
    private final Map<Long, Long> places = new HashMap<>(Map.of(0L, 0L));

    /** A service has become stale or fresh. */
    void turned(String serviceId) {
        add(serviceId, hash(serviceId));
    }

    /** A service's warning has changed or ended; its remaining days are part of the warning. */
    void warned(String serviceId, @Nullable Warning before, @Nullable Warning now) {
        add(serviceId, hash(serviceId, before) ^ hash(serviceId, now));
    }

    /**
     * A provisional change of a service's status has been announced, or is no longer provisional.
     *
     * @param since start of the provisional status, epoch milliseconds
     */
    void provisional(String serviceId, long since) {
        add(serviceId, hash(serviceId + PROVISIONAL + since));
    }

    /**
     * A service's status is qualified otherwise, without an event.
     *
     * @param before the previous qualification; empty for none
     * @param now the new one
     */
    void qualified(String serviceId, String before, String now) {
        add(serviceId, qualification(serviceId, before) ^ qualification(serviceId, now));
    }

    private static long qualification(String serviceId, String text) {
        return text.isEmpty() ? 0 : hash(serviceId + QUALIFIED + text);
    }

    private void add(String serviceId, long hash) {
        if (ids.length == 0) {
            ids = new String[CAPACITY];
            states = new long[CAPACITY];
        }
        if (end - first == CAPACITY) {
            places.remove(base, first); // unless the same state occurred again later
            base = states[index(first)];
            first++;
        }
        state ^= hash;
        ids[index(end)] = serviceId;
        states[index(end)] = state;
        end++;
        places.put(state, end);
        mark = new StaleMark(token, end, state);
    }

    private static int index(long place) {
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

    /** Returns whether both logs lead to the same stale services and warnings. */
    boolean isLike(StaleLog other) {
        return state == other.state;
    }

    /** Position of the oldest entry. Clients with an earlier position have missed changes. */
    public long first() {
        return first;
    }

    /** Position of the next entry. */
    public long end() {
        return end;
    }

    /** The service's id. */
    public String get(long place) {
        return ids[index(place)];
    }

    /** Mark of the current position; null while the log is empty, which is the same for every board. */
    @Nullable
    StaleMark mark() {
        return mark;
    }

    /** Mark of a position for a client that already knows some later changes; it is valid on this board only. */
    public @Nullable StaleMark mark(long place) {
        return end == 0 ? null : new StaleMark(token, place, null);
    }

    /**
     * The position from which a client with this mark continues.
     *
     * @param known null for a client that knows of no stale service
     * @return -1 if the mark is unknown here
     */
    public long after(@Nullable StaleMark known) {
        if (known != null && known.log() == token) {
            return known.place() < first || known.place() > end ? -1 : known.place();
        }
        @Nullable Long there = known == null ? Long.valueOf(0) : known.state();
        return there == null ? -1 : places.getOrDefault(there, -1L);
    }

    /**
     * Returns whether an unknown mark may come from another board that is slightly ahead, so that this one may catch
     * up.
     */
    public boolean mayReach(@Nullable StaleMark unknown) {
        return unknown != null && unknown.log() != token && unknown.state() != null;
    }
}
