package io.openuptimes.store.results;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.PackedReader;
import io.openuptimes.store.data.PeerLog;
import io.openuptimes.store.data.RecordCommands.Fenced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compact queue of results: some twenty bytes per result, a tenth of what objects would take, because a million of
 * them may wait while Redis is away.
 *
 * <p>Results are stored in blocks. Texts, few of which differ, are replaced by numbers.
 */
final class PackedResults {

    private static final int BLOCK = 16 * 1024;

    /** Marks a text that is stored inline. */
    private static final int IN_PLACE = 0;

    /** Errors may all differ. */
    private static final int MAX_ERRORS = 10_000;

    /** Servers may all differ. */
    private static final int MAX_PEERS = 10_000;

    private final Deque<byte[]> full = new ArrayDeque<>();
    private final Texts ids = new Texts(Integer.MAX_VALUE);
    private final Texts errors = new Texts(MAX_ERRORS);
    private final Texts peers = new Texts(MAX_PEERS);
    private final Viewpoints viewpoints = new Viewpoints();
    private Packed last = new Packed(0);
    private int inLast;
    private PackedReader first = new PackedReader(new byte[0], 0);
    private long bytes;
    private int size;

    int size() {
        return size;
    }

    /** Total size of the blocks. */
    long bytes() {
        return bytes;
    }

    void add(Fenced fenced) {
        CheckResult result = fenced.result();
        if (inLast == 0) {
            last = new Packed(BLOCK);
        }
        Phases p = result.phases();
        ids.write(last, result.serviceId());
        last.fixed(result.timestamp(), 6)
                .octet(result.outcome().code())
                .number(result.statusCode())
                .number(result.responseTime())
                .number(p.dns())
                .number(p.connect())
                .number(p.tls())
                .number(p.firstByte())
                .number(p.transfer());
        errors.write(last, result.error());
        if (result.outcome() != Outcome.UP) { // the server is stored only for failures
            peers.write(last, PeerLog.text(result.peer()));
        }
        last.number(viewpoints.number(result.viewpoint())).number(fenced.epoch());
        inLast++;
        size++;
        if (last.length() > BLOCK * 9 / 10) {
            seal();
        }
    }

    private void seal() {
        byte[] block = last.toBytes();
        full.addLast(block);
        bytes += block.length;
        inLast = 0;
    }

    /** Removes the oldest result; there must be one. */
    Fenced remove() {
        if (!first.hasMore()) {
            if (full.isEmpty()) {
                seal();
            }
            byte[] block = full.removeFirst();
            bytes -= block.length;
            first = new PackedReader(block, 0);
        }
        String id = ids.read(first);
        long timestamp = first.fixed(6);
        Outcome outcome = Outcome.ofCode(first.octet());
        CheckResult result = new CheckResult(
                id,
                timestamp,
                outcome,
                (int) first.number(),
                (int) first.number(),
                phases(first),
                errors.read(first),
                null,
                null,
                outcome == Outcome.UP ? null : PeerLog.peer(peers.read(first)));
        Viewpoint viewpoint = viewpoints.get((int) first.number());
        Fenced fenced = new Fenced(viewpoint == null ? result : result.from(viewpoint), first.number());
        if (--size == 0) {
            ids.clear();
            errors.clear();
            peers.clear();
            viewpoints.clear();
        }
        return fenced;
    }

    private static Phases phases(PackedReader in) {
        Phases phases = new Phases(
                (int) in.number(), (int) in.number(), (int) in.number(), (int) in.number(), (int) in.number());
        return phases.equals(Phases.NONE) ? Phases.NONE : phases;
    }

    /** Texts, numbered from one. */
    private static final class Texts {

        private final int max;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> texts = new ArrayList<>();

        Texts(int max) {
            this.max = max;
        }

        void write(Packed out, String text) {
            Integer number = numbers.get(text);
            if (number == null && texts.size() < max) {
                texts.add(text);
                number = texts.size();
                numbers.put(text, number);
            }
            if (number == null) {
                out.number(IN_PLACE).text(text);
            } else {
                out.number(number);
            }
        }

        String read(PackedReader in) {
            int number = (int) in.number();
            return number == IN_PLACE ? in.text((int) in.fixed(2)) : texts.get(number - 1);
        }

        void clear() {
            numbers.clear();
            texts.clear();
        }
    }

    /** Viewpoints, numbered from one; 0 for checks from anywhere. */
    private static final class Viewpoints {

        private final Map<Viewpoint, Integer> numbers = new HashMap<>();
        private final List<Viewpoint> viewpoints = new ArrayList<>();

        int number(@Nullable Viewpoint viewpoint) {
            if (viewpoint == null) {
                return 0;
            }
            Integer number = numbers.get(viewpoint);
            if (number == null) {
                viewpoints.add(viewpoint);
                number = viewpoints.size();
                numbers.put(viewpoint, number);
            }
            return number;
        }

        @Nullable
        Viewpoint get(int number) {
            return number == 0 ? null : viewpoints.get(number - 1);
        }

        void clear() {
            numbers.clear();
            viewpoints.clear();
        }
    }
}
