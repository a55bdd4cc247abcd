package io.openuptimes.store.data;

import io.openuptimes.health.Health;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.StateChange;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of {@code record.lua} and its answers. */
public final class RecordCommands {

    /**
     * Results per call: most of a call's cost is shared, and a call of this size takes Redis well under a millisecond.
     */
    public static final int MAX_A_CALL = 100;

    private static final int USUAL_SIZE = 112;
    private static final int EPOCH_BYTES = 6;
    private static final byte[] NOT_FENCED = {};

    /** Time of the expected state if the writer does not know it; no stored state has this time. */
    private static final long ANY_TIME = 0xFFFF_FFFF_FFFFL;

    private static final int UP = 1;
    private static final int BEGINS = 2;
    private static final int TURNS = 4;
    private static final int FENCED = 8;
    private static final int WANTS = 16;
    private static final int UNKNOWN = 32;
    private static final int LOGS = 64;

    private RecordCommands() {}

    /** The script's answer for a result. */
    public enum Answer {
        WRITTEN,
        /** The service does not exist. */
        GONE,
        /** The stored state is not the one that the result was judged by. */
        OTHER_STATE,
        /** Another node has a lease with a later epoch. */
        SUPERSEDED,
        /** The day's history has been deleted; the result must begin it. */
        CLEARED,
        /** It is already written. */
        REPEATED,
        /** The stored status was written by a later version and is kept. */
        LATER;

        private static final Answer[] BY_CODE = values();
    }

    /**
     * The answer for one result.
     *
     * @param stored the stored status with {@link Answer#OTHER_STATE} and {@link Answer#SUPERSEDED}; null for none
     * @param others the stored statuses of the ids in {@link ResultWrite#wanted} if the result is written
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    public record Reply(Answer answer, byte @Nullable [] stored, List<byte @Nullable []> others) {

        private static final Reply WRITTEN = new Reply(Answer.WRITTEN, null, List.of());
        static final Reply GONE = new Reply(Answer.GONE, null, List.of());
        private static final Reply CLEARED = new Reply(Answer.CLEARED, null, List.of());
        private static final Reply LATER = new Reply(Answer.LATER, null, List.of());
    }

    /**
     * Writes results, each with status, history, counts and event in one step.
     *
     * @param writes at most one per id, and at most {@value #MAX_A_CALL}
     * @param ttlSeconds how long history is kept, 0 for unlimited
     * @return see {@code record.lua} for its answer, and {@link #replies}
     */
    public static Request record(List<ResultWrite> writes, long ttlSeconds, EventCodec events) {
        return record(writes, ttlSeconds, events, false);
    }

    /**
     * Writes results in a cluster. The call names every key that it needs, so that Redis rejects it as a whole while
     * keys are being migrated to another node.
     *
     * @param writes of one partition
     */
    public static Request recordInCluster(List<ResultWrite> writes, long ttlSeconds, EventCodec events) {
        return record(writes, ttlSeconds, events, true);
    }

    private static Request record(List<ResultWrite> writes, long ttlSeconds, EventCodec events, boolean nameAllKeys) {
        Packed packed = new Packed(writes.size() * USUAL_SIZE);
        Packed epochs = new Packed(writes.size() * EPOCH_BYTES);
        List<String> keys = new ArrayList<>();
        int[] keyOf = new int[Keys.PARTITIONS];
        long[] epochOf = new long[Keys.PARTITIONS];
        boolean fenced = false;
        for (ResultWrite write : writes) {
            int partition = Keys.partition(write.id());
            long epoch = write.viewpoint() == null ? write.epoch() : 0; // a location's epoch is part of its result
            if (keyOf[partition] == 0 || epochOf[partition] != epoch) {
                keys.add(Keys.status(partition));
                epochs.fixed(epoch, EPOCH_BYTES);
                keyOf[partition] = keys.size();
                epochOf[partition] = epoch;
                fenced |= epoch > 0;
            }
            add(packed, keyOf[partition], write, events);
        }
        if (nameAllKeys) {
            keys.add(Keys.fence(Keys.partition(writes.get(0).id())));
            writes.forEach(write -> name(keys, write));
        }
        Request call = Script.RECORD.call(keys.size());
        keys.forEach(call::arg);
        return call.arg(packed.toBytes()).arg(ttlSeconds * 1000).arg(fenced ? epochs.toBytes() : NOT_FENCED);
    }

    private static void name(List<String> keys, ResultWrite write) {
        int partition = Keys.partition(write.id());
        long day = Keys.day(write.result().timestamp());
        Viewpoint viewpoint = write.viewpoint();
        if (viewpoint != null) {
            keys.add(Keys.fence(Partition.leaseAtLocation(partition), viewpoint.location()));
        }
        keys.add(Keys.history(write.id(), day));
        keys.add(Keys.rollup(write.id()));
        keys.add(Keys.states(write.id(), Keys.statesPeriod(write.result().timestamp())));
        if (write.result().outcome().status() != Status.UP) {
            keys.add(Keys.peers(write.id(), day));
        }
        if (write.turns()) {
            keys.add(Keys.outbox(partition));
        }
    }

    private static void add(Packed packed, int key, ResultWrite write, EventCodec events) {
        CheckResult result = write.result();
        boolean known = write.verdict().before() != null;
        HealthState before = write.verdict().base();
        HealthState after = write.after();
        boolean begins = write.begins() || Health.beginsDay(before, result);
        boolean up = result.outcome().status() == Status.UP;
        Viewpoint viewpoint = write.viewpoint();
        List<String> wanted = write.wanted();
        List<StateChange> changes = write.changes();
        packed.octet(key)
                .shortText(write.id())
                .fixed(result.timestamp(), 6)
                .fixed(known ? before.lastChecked() : ANY_TIME, 6)
                .fixed(before.tag(), 4)
                .fixed(after.tag(), 4)
                .octet((up ? UP : 0)
                        | (begins ? BEGINS : 0)
                        | (write.turns() ? TURNS : 0)
                        | (viewpoint == null ? 0 : FENCED)
                        | (wanted.isEmpty() ? 0 : WANTS)
                        | (result.outcome().status() == Status.UNKNOWN ? UNKNOWN : 0)
                        | (changes.isEmpty() ? 0 : LOGS))
                .fixed(result.responseTime(), 4);
        int entry = packed.beginText();
        HistoryCodec.write(packed, before, result, begins);
        packed.endText(entry);
        int rest = packed.beginText();
        StatusCodec.writeRest(packed, result, after);
        packed.endText(rest);
        if (!up) {
            packed.shortText(PeerLog.text(result.peer()));
        }
        if (write.turns()) {
            byte[] event = events.outboxEntry(write.transition(), write.status(), write.visible(), after.transitions());
            packed.fixed(viewpoint == null ? write.epoch() : 0, EPOCH_BYTES)
                    .fixed(write.number(), 8)
                    .fixed(event.length, 2)
                    .raw(event);
        }
        if (viewpoint != null) {
            packed.shortText(viewpoint.location()).fixed(write.epoch(), EPOCH_BYTES);
        }
        if (!wanted.isEmpty()) {
            packed.octet(wanted.size());
            wanted.forEach(packed::shortText);
        }
        if (!changes.isEmpty()) {
            int log = packed.beginText();
            changes.forEach(change -> StateLogCodec.write(packed, change));
            packed.endText(log);
        }
    }

    /**
     * Decodes the answer of {@code record.lua}.
     *
     * @param writes what the call contained
     * @return one reply per result
     */
    public static List<Reply> replies(@Nullable Response answer, List<ResultWrite> writes) {
        List<Reply> replies = new ArrayList<>(writes.size());
        PackedReader in = new PackedReader(answer == null ? new byte[0] : answer.toBytes(), 0);
        for (ResultWrite write : writes) {
            replies.add(in.hasMore() ? reply(in, write.wanted().size()) : Reply.GONE);
        }
        return replies;
    }

    private static Reply reply(PackedReader in, int wanted) {
        Answer answer = Answer.BY_CODE[in.octet()];
        return switch (answer) {
            case WRITTEN, REPEATED ->
                wanted == 0 && answer == Answer.WRITTEN ? Reply.WRITTEN : new Reply(answer, null, others(in, wanted));
            case GONE -> Reply.GONE;
            case CLEARED -> Reply.CLEARED;
            case LATER -> Reply.LATER;
            case OTHER_STATE -> new Reply(answer, sized(in), others(in, wanted));
            case SUPERSEDED -> new Reply(answer, sized(in), List.of());
        };
    }

    private static List<byte @Nullable []> others(PackedReader in, int wanted) {
        List<byte @Nullable []> others = new ArrayList<>(wanted);
        for (int i = 0; i < wanted; i++) {
            others.add(sized(in));
        }
        return others;
    }

    private static byte @Nullable [] sized(PackedReader in) {
        int length = (int) in.fixed(2);
        return length == 0 ? null : in.raw(length);
    }
}
