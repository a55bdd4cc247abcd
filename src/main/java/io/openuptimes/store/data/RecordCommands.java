package io.openuptimes.store.data;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Viewpoint;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of {@code record.lua} and its answers. */
public final class RecordCommands {

    /**
     * Results per call: most of a call's cost is shared, and a call of this size takes Redis well under a millisecond.
     */
    public static final int MAX_A_CALL = 100;

    /** The service does not exist. */
    private static final long DELETED = -1;

    /** The result is older than the status. */
    public static final long OUTDATED = -2;

    /** Another node has held the result's partition since. */
    public static final long SUPERSEDED = -3;

    private static final int USUAL_SIZE = 80;
    /** Added to outcome and flags if the result is from a location. */
    private static final int AT_LOCATION = 0x80;

    private static final int EPOCH_BYTES = 6;

    /**
     * A result with its fencing epoch.
     *
     * @param epoch in which this node acquired the service's partition; the result is rejected if another node has
     *     acquired it in a later one. 0 to write it in any case
     */
    public record Fenced(CheckResult result, long epoch) {}

    private static final byte[] NOT_FENCED = {};

    private RecordCommands() {}

    /**
     * Writes results: status, history and counts in one step.
     *
     * @param results at most one per service, and at most {@value #MAX_A_CALL}
     * @param ttlSeconds how long history is kept, 0 for unlimited
     * @return see {@code record.lua} for its answer, and {@link #codes}
     */
    public static Request record(List<Fenced> results, long ttlSeconds) {
        return record(results, ttlSeconds, false);
    }

    /**
     * Writes results in a cluster. The call names every key that it needs, so that Redis rejects it as a whole while
     * keys are being migrated to another node.
     *
     * @param results of one partition
     */
    public static Request recordInCluster(List<Fenced> results, long ttlSeconds) {
        return record(results, ttlSeconds, true);
    }

    private static Request record(List<Fenced> results, long ttlSeconds, boolean nameAllKeys) {
        Packed packed = new Packed(results.size() * USUAL_SIZE);
        Packed epochs = new Packed(results.size() * EPOCH_BYTES);
        List<String> keys = new ArrayList<>();
        int[] keyOf = new int[Keys.PARTITIONS];
        long[] epochOf = new long[Keys.PARTITIONS];
        boolean fenced = false;
        for (Fenced one : results) {
            int partition = Keys.partition(one.result().serviceId());
            long epoch = one.result().viewpoint() == null ? one.epoch() : 0; // a location's epoch is part of its result
            if (keyOf[partition] == 0 || epochOf[partition] != epoch) {
                keys.add(Keys.status(partition));
                epochs.fixed(epoch, EPOCH_BYTES);
                keyOf[partition] = keys.size();
                epochOf[partition] = epoch;
                fenced |= epoch > 0;
            }
            add(packed, keyOf[partition], one);
        }
        if (nameAllKeys) {
            int partition = Keys.partition(results.get(0).result().serviceId());
            keys.add(Keys.fence(partition));
            for (Fenced one : results) {
                CheckResult result = one.result();
                Viewpoint viewpoint = result.viewpoint();
                name(keys, result.serviceId(), result);
                if (viewpoint != null) {
                    keys.add(Keys.fence(Partition.there(partition), viewpoint.location()));
                    name(keys, Locations.idAt(result.serviceId(), viewpoint.location()), result);
                }
            }
        }
        Request call = Script.RECORD.call(keys.size());
        keys.forEach(call::arg);
        return call.arg(packed.toBytes()).arg(ttlSeconds * 1000).arg(fenced ? epochs.toBytes() : NOT_FENCED);
    }

    private static void name(List<String> keys, String id, CheckResult result) {
        long day = Keys.day(result.timestamp());
        keys.add(Keys.history(id, day));
        keys.add(Keys.rollup(id));
        if (result.outcome() != Outcome.UP) {
            keys.add(Keys.peers(id, day));
        }
    }

    private static void add(Packed packed, int key, Fenced one) {
        CheckResult result = one.result();
        Viewpoint viewpoint = result.viewpoint();
        packed.octet(key)
                .shortText(result.serviceId())
                .fixed(result.timestamp(), 6)
                .octet(HistoryCodec.flags(result) | (viewpoint == null ? 0 : AT_LOCATION))
                .fixed(result.responseTime(), 4);
        HistoryCodec.writeHead(packed, result);
        StatusCodec.writeTail(packed, result);
        packed.text(result.error());
        if (result.outcome() != Outcome.UP) {
            packed.shortText(PeerLog.text(result.peer()));
        }
        if (viewpoint != null) {
            add(packed, viewpoint, one.epoch());
        }
    }

    private static void add(Packed packed, Viewpoint viewpoint, long epoch) {
        List<String> others = viewpoint.locations().stream()
                .filter(location -> !location.equals(viewpoint.location()))
                .toList();
        packed.shortText(viewpoint.location())
                .octet(viewpoint.downsNeeded())
                .fixed(viewpoint.maxAge(), 6)
                .fixed(epoch, EPOCH_BYTES)
                .octet(others.size());
        others.forEach(packed::shortText);
    }

    /**
     * Decodes the answer of {@code record.lua}.
     *
     * @param results what was written
     * @return one number per result; three for a result from a location
     */
    public static long[] codes(@Nullable Response answer, List<Fenced> results) {
        int size = 0;
        for (Fenced one : results) {
            size += one.result().viewpoint() == null ? 1 : 3;
        }
        long[] codes = new long[size];
        Arrays.fill(codes, DELETED);
        if (answer != null) {
            PackedReader in = new PackedReader(answer.toBytes(), 0);
            for (int i = 0; i < size && in.hasMore(); i++) {
                codes[i] = in.fixed(8);
            }
        }
        return codes;
    }
}
