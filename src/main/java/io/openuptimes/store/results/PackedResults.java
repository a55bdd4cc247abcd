package io.openuptimes.store.results;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthState.Form;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.PackedReader;
import io.openuptimes.store.data.PeerLog;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.data.StatusCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compact queue of results, because a million of them may wait while Redis is away: about fifty bytes per result, a
 * fifth of the size of objects.
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

    private static final int VISIBLE = 1;
    private static final int ANNOUNCED = 2;
    private static final int ADOPTED = 4;
    private static final int BEGINS = 8;
    private static final int HAS_ATTEMPTS = 16;
    private static final int HAS_LOCATED = 32;

    /** Of states with rows of checks or recent changes. */
    private static final int HAS_PENDING = 4;

    private static final Form[] FORMS = Form.values();

    private final Deque<byte[]> full = new ArrayDeque<>();
    private final Texts ids = new Texts(Integer.MAX_VALUE);
    private final Texts errors = new Texts(MAX_ERRORS);
    private final Texts peers = new Texts(MAX_PEERS);
    private final Numbered<Viewpoint> viewpoints = new Numbered<>();
    private final Numbered<Rules> rules = new Numbered<>();
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

    void add(ResultWrite write) {
        CheckResult result = write.result();
        if (inLast == 0) {
            last = new Packed(BLOCK);
        }
        Phases p = result.phases();
        ids.write(last, result.serviceId());
        last.fixed(result.timestamp(), 6)
                .number(result.outcome().code())
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
        HealthState located = write.verdict().located();
        last.number(viewpoints.number(result.viewpoint()))
                .number(rules.number(write.verdict().rules()))
                .number(write.epoch())
                .number(write.number())
                .octet((write.visible() ? VISIBLE : 0)
                        | (write.verdict().announced() ? ANNOUNCED : 0)
                        | (write.adopted() ? ADOPTED : 0)
                        | (write.begins() ? BEGINS : 0)
                        | (result.attempts().isEmpty() ? 0 : HAS_ATTEMPTS)
                        | (located == null ? 0 : HAS_LOCATED));
        if (!result.attempts().isEmpty()) {
            last.number(result.attempts().size());
            result.attempts().forEach(this::add);
        }
        add(last, write.verdict().before());
        if (located != null) {
            add(last, located);
        }
        inLast++;
        size++;
        if (last.length() > BLOCK * 9 / 10) {
            seal();
        }
    }

    private void add(FailedAttempt attempt) {
        last.fixed(attempt.timestamp(), 6)
                .number(attempt.outcome().code())
                .number(attempt.statusCode())
                .number(attempt.responseTime());
        errors.write(last, attempt.error());
    }

    private List<FailedAttempt> attempts(PackedReader in) {
        int many = (int) in.number();
        List<FailedAttempt> attempts = new ArrayList<>(many);
        for (int i = 0; i < many; i++) {
            attempts.add(new FailedAttempt(
                    in.fixed(6),
                    Outcome.ofCode((int) in.number()),
                    (int) in.number(),
                    (int) in.number(),
                    errors.read(in)));
        }
        return attempts;
    }

    private static void add(Packed out, @Nullable HealthState before) {
        if (before == null) {
            out.number(0);
            return;
        }
        out.number(1 + before.lastChecked())
                .number(before.outcome().code())
                .octet(StatusCodec.code(before.outcome().status()))
                .octet(StatusCodec.code(before.known()) | (isPending(before) ? HAS_PENDING : 0))
                .number(before.since())
                .number(before.transitions())
                .number(before.interval())
                .fixed(before.textHash(), 4)
                .octet(List.of(FORMS).indexOf(before.form()))
                .fixed(before.tag(), 4);
        if (isPending(before)) {
            out.number(before.failures())
                    .number(before.successes())
                    .number(before.pendingSince())
                    .octet(before.isFlapping() ? 1 : 0)
                    .number(before.changes().size());
            before.changes().forEach(change -> out.fixed(change, 6));
        }
    }

    private static boolean isPending(HealthState state) {
        return state.pendingSince() > 0 || !state.changes().isEmpty();
    }

    private static @Nullable HealthState before(PackedReader in) {
        long lastChecked = in.number() - 1;
        if (lastChecked < 0) {
            return null;
        }
        Outcome outcome = Outcome.ofCode((int) in.number(), StatusCodec.status(in.octet()));
        int known = in.octet();
        HealthState state = new HealthState(
                        outcome,
                        lastChecked,
                        in.number(),
                        (int) in.number(),
                        (int) in.number(),
                        (int) in.fixed(4),
                        FORMS[in.octet()],
                        (int) in.fixed(4))
                .known(StatusCodec.status(known & 3));
        return (known & HAS_PENDING) == 0 ? state : pending(in, state);
    }

    private static HealthState pending(PackedReader in, HealthState state) {
        int failures = (int) in.number();
        int successes = (int) in.number();
        long since = in.number();
        boolean flapping = in.octet() != 0;
        return state.with(state.known(), failures, successes, since, changes(in), flapping);
    }

    private static List<Long> changes(PackedReader in) {
        int many = (int) in.number();
        return many == 0
                ? List.of()
                : Stream.generate(() -> in.fixed(6)).limit(many).toList();
    }

    private void seal() {
        byte[] block = last.toBytes();
        full.addLast(block);
        bytes += block.length;
        inLast = 0;
    }

    /** Removes the oldest result; there must be one. */
    ResultWrite remove() {
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
        Outcome outcome = Outcome.ofCode((int) first.number());
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
        Rules judgedBy = Objects.requireNonNull(rules.get((int) first.number()));
        long epoch = first.number();
        long number = first.number();
        int flags = first.octet();
        CheckResult whole = (flags & HAS_ATTEMPTS) == 0 ? result : result.after(attempts(first));
        HealthState before = before(first);
        HealthState located = (flags & HAS_LOCATED) == 0 ? null : before(first);
        CheckResult there = viewpoint == null ? whole : whole.from(viewpoint);
        ResultWrite write = new ResultWrite(
                new Verdict(there, judgedBy, before, located, (flags & VISIBLE) != 0, (flags & ANNOUNCED) != 0),
                (flags & ADOPTED) != 0,
                (flags & BEGINS) != 0,
                epoch,
                number);
        if (--size == 0) {
            ids.clear();
            errors.clear();
            peers.clear();
            viewpoints.clear();
            rules.clear();
        }
        return write;
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

    /**
     * Values, numbered from one; 0 for none.
     *
     * @param <T> few of which differ
     */
    private static final class Numbered<T> {

        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> values = new ArrayList<>();

        int number(@Nullable T value) {
            if (value == null) {
                return 0;
            }
            Integer number = numbers.get(value);
            if (number == null) {
                values.add(value);
                number = values.size();
                numbers.put(value, number);
            }
            return number;
        }

        @Nullable
        T get(int number) {
            return number == 0 ? null : values.get(number - 1);
        }

        void clear() {
            numbers.clear();
            values.clear();
        }
    }
}
