package io.openuptimes.store.data;

import io.openuptimes.health.Logged;
import io.openuptimes.health.StateChange;
import io.openuptimes.health.StateSum;
import io.openuptimes.model.ServiceState;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a service's state log, see {@link Keys#states}.
 *
 * <p>It starts with a head of six bytes that {@code record.lua} maintains: version (a byte, 1); day of the last append
 * (days since the epoch, 3 bytes); number of entries appended on that day (2 bytes), {@value #SUMMING} once they are
 * summed up. All numbers are little-endian.
 *
 * <p>Entries follow in the order in which they were appended. A change has nine bytes: state (the lowest four bits) and the
 * state before (the highest four), see {@link ServiceState#code}; time (epoch ms, 6 bytes); code of the deciding outcome (2
 * bytes). After {@value #MAX_A_DAY} changes on one day (UTC), the script keeps a sum of the rest of that day as the last
 * entry, in 28 bytes: {@value #SUM} and the state before, first time and code as above; last time (epoch ms, 6 bytes);
 * state since then (a byte); number of changes (2 bytes); time up and time down until then (ms, 4 bytes each); two bytes
 * of zero.
 */
public final class StateLogCodec {

    /** Changes of a day that are kept one by one, as in {@code record.lua}. */
    public static final int MAX_A_DAY = 100;

    private static final int VERSION = 1;
    private static final int HEAD = 6;
    private static final int SUM = 15;

    private StateLogCodec() {}

    /** Appends a change. */
    public static void write(Packed out, StateChange change) {
        out.octet(change.state().code() | change.before().code() << 4)
                .fixed(change.time(), 6)
                .fixed(change.reason(), 2);
    }

    /**
     * The entries, in the order in which they were appended.
     *
     * @throws IllegalArgumentException if a later version wrote it, or it is damaged
     */
    public static List<Logged> decode(byte[] packed) {
        if (packed.length < HEAD || packed[0] != VERSION) {
            throw new IllegalArgumentException("a later version wrote it, or it is damaged");
        }
        List<Logged> entries = new ArrayList<>();
        PackedReader in = new PackedReader(packed, HEAD);
        try {
            while (in.hasMore()) {
                entries.add(read(in));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is cut off", e);
        }
        return entries;
    }

    private static Logged read(PackedReader in) {
        int states = in.octet();
        ServiceState before = ServiceState.ofCode(states >>> 4);
        long time = in.fixed(6);
        int reason = (int) in.fixed(2);
        if ((states & 0xF) != SUM) {
            return new StateChange(time, ServiceState.ofCode(states & 0xF), before, reason);
        }
        long last = in.fixed(6);
        ServiceState state = ServiceState.ofCode(in.octet());
        int changes = (int) in.fixed(2);
        StateSum sum = new StateSum(time, last, before, state, reason, changes, in.fixed(4), in.fixed(4));
        in.fixed(2);
        return sum;
    }
}
