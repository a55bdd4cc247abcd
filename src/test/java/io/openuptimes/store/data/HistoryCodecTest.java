package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.Health;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthState.Form;
import io.openuptimes.health.Rules;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Status;
import io.openuptimes.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HistoryCodecTest {

    private static final long DAY_START = 20_000 * Keys.DAY_MS;

    /** Encodes a day as results are written. */
    private static byte[] encode(List<HistoryEntry> entries) {
        Packed out = new Packed(16);
        HealthState state = HealthState.UNCHECKED;
        for (HistoryEntry entry : entries) {
            state = append(out, state, result(entry));
        }
        return out.toBytes();
    }

    private static HealthState append(Packed out, HealthState before, CheckResult result) {
        HistoryCodec.write(out, before, result, Health.beginsDay(before, result));
        return Health.after(before, result, Rules.PLAIN, false);
    }

    /** Encodes a day as the previous version's script wrote it. */
    private static byte[] encodeMarked(List<HistoryEntry> entries) {
        Packed out = new Packed(16);
        long last = DAY_START;
        long interval = 0;
        String lastError = "";
        for (HistoryEntry entry : entries) {
            CheckResult result = result(entry);
            int flags = flags(result);
            long gap = entry.timestamp() - last;
            long off = gap - interval;
            boolean first = last == DAY_START;
            if (first) {
                out.octet(0x80).octet(0);
            }
            if (!first && flags == 1 && off >= -64 && off < 64) {
                out.octet(192 + (int) off).raw(head(result));
            } else {
                boolean same = !entry.error().isEmpty() && entry.error().equals(lastError);
                out.octet(same ? flags + 0x20 : flags).number(gap).raw(head(result));
                if (!same) {
                    out.raw(text(entry.error()));
                }
                interval = first ? 0 : (gap + 500) / 1000 * 1000;
            }
            last = entry.timestamp();
            lastError = entry.error();
        }
        return out.toBytes();
    }

    /** Encodes a day as it was written before days had a mark. */
    private static byte[] encodeUnmarked(List<HistoryEntry> entries) {
        Packed out = new Packed(16);
        long last = DAY_START;
        for (HistoryEntry entry : entries) {
            CheckResult result = result(entry);
            out.number(entry.timestamp() - last)
                    .octet(flags(result))
                    .raw(head(result))
                    .raw(text(entry.error()));
            last = entry.timestamp();
        }
        return out.toBytes();
    }

    private static int flags(CheckResult result) {
        int usual = result.outcome() == Outcome.UP ? 200 : 0;
        return result.outcome().code()
                | (result.statusCode() != usual ? 0x10 : 0)
                | (result.error().isEmpty() ? 0 : 0x20);
    }

    private static byte[] head(CheckResult result) {
        Packed out = new Packed(8).number(result.responseTime());
        int usual = result.outcome() == Outcome.UP ? 200 : 0;
        return (result.statusCode() != usual ? out.number(result.statusCode()) : out).toBytes();
    }

    private static HealthState after(HistoryEntry entry, Form form) {
        return new HealthState(entry.outcome(), entry.timestamp(), 1, 0, 0, HealthState.hash(entry.error()), form, 0);
    }

    private static CheckResult result(HistoryEntry entry) {
        return new CheckResult(
                "id",
                entry.timestamp(),
                entry.outcome(),
                entry.statusCode(),
                entry.responseTime(),
                Phases.NONE,
                entry.error());
    }

    private static byte[] text(String error) {
        byte[] utf8 = error.getBytes(StandardCharsets.UTF_8);
        return error.isEmpty()
                ? utf8
                : new Packed(8).number(utf8.length).raw(utf8).toBytes();
    }

    @Property(seed = Seed.FIXED)
    void givesBackWhatWasWritten(@ForAll("days") List<HistoryEntry> day) {
        assertThat(HistoryCodec.decode(encode(day), DAY_START)).isEqualTo(day);
    }

    @Property(seed = Seed.FIXED)
    void readsADayOfThePreviousVersion(@ForAll("oldDays") List<HistoryEntry> day) {
        assertThat(HistoryCodec.decode(encodeMarked(day), DAY_START)).isEqualTo(day);
    }

    @Property(seed = Seed.FIXED)
    void readsADayWithoutTheMark(@ForAll("oldDays") List<HistoryEntry> day) {
        assertThat(HistoryCodec.decode(encodeUnmarked(day), DAY_START)).isEqualTo(day);
    }

    @Property(seed = Seed.FIXED)
    void continuesADayOfAnOlderForm(
            @ForAll("oldDays") List<HistoryEntry> day, @ForAll @IntRange(max = 60) int split, @ForAll boolean marked) {
        List<HistoryEntry> old = day.subList(0, Math.min(split, day.size()));
        Packed out = new Packed(16).raw(marked ? encodeMarked(old) : encodeUnmarked(old));
        HealthState state = old.isEmpty()
                ? HealthState.UNCHECKED
                : after(old.get(old.size() - 1), marked ? Form.MARKED : Form.UNMARKED);
        for (HistoryEntry entry : day.subList(old.size(), day.size())) {
            state = append(out, state, result(entry));
        }

        assertThat(HistoryCodec.decode(out.toBytes(), DAY_START)).isEqualTo(day);
    }

    @Example
    void anEntryOfAnUnknownKindHidesOnlyItself() {
        HistoryEntry first = new HistoryEntry(DAY_START + 1_000, Outcome.UP, 5, 200, "");
        HistoryEntry last = new HistoryEntry(DAY_START + 4_000, Outcome.DNS, 6, 0, "no such name");
        Packed out = new Packed(16);
        HealthState state = append(out, HealthState.UNCHECKED, result(first));
        out.octet(77).number(4).number(1_000).raw(new byte[] {1, 2});
        HistoryCodec.write(
                out,
                new HealthState(state.outcome(), DAY_START + 2_000, 1, 0, 0, 0, Form.CURRENT, 0),
                result(last),
                false);

        assertThat(HistoryCodec.decode(out.toBytes(), DAY_START)).containsExactly(first, last);
    }

    @Example
    void anOutcomeOfALaterVersionKeepsItsCodeAndStatus() {
        HistoryEntry later = new HistoryEntry(DAY_START + 1_000, Outcome.ofCode(4_711, Status.UP), 5, 0, "quota");

        assertThat(HistoryCodec.decode(encode(List.of(later)), DAY_START)).containsExactly(later);
    }

    @Property(seed = Seed.FIXED)
    void isNeverConfusedByADayThatIsCutOff(
            @ForAll("days") List<HistoryEntry> day, @ForAll @IntRange(max = 5000) int cut) {
        byte[] whole = encode(day);
        byte[] rest = Arrays.copyOf(whole, Math.min(cut, whole.length));

        List<HistoryEntry> read = HistoryCodec.decode(rest, DAY_START);

        assertThat(read).isEqualTo(day.subList(0, read.size()));
    }

    @Property(seed = Seed.FIXED)
    void survivesAnyBytes(@ForAll @Size(max = 300) byte[] rubbish) {
        assertThat(HistoryCodec.decode(rubbish, DAY_START)).hasSizeLessThanOrEqualTo(rubbish.length);
    }

    @Example
    void takesThreeBytesForAUsualEntryAMinute() {
        List<HistoryEntry> day = new ArrayList<>();
        for (int minute = 1; minute <= 1_000; minute++) {
            int jitter = minute * 7 % 13;
            day.add(new HistoryEntry(DAY_START + minute * 60_000L + jitter, Outcome.UP, 180, 200, ""));
        }
        assertThat(encode(day)).hasSizeLessThan(1_000 * 3 + 20);
        assertThat(HistoryCodec.decode(encode(day), DAY_START)).isEqualTo(day);
    }

    @Example
    void keepsTheTextOfALongOutageOnce() {
        List<HistoryEntry> outage = new ArrayList<>();
        for (int minute = 1; minute <= 100; minute++) {
            outage.add(new HistoryEntry(
                    DAY_START + minute * 60_000L, Outcome.TIMEOUT, 10_000, 0, "no response within 10000 ms"));
        }
        assertThat(encode(outage)).hasSizeLessThan(100 * 10);
    }

    @Provide
    Arbitrary<List<HistoryEntry>> days() {
        return daysOf(Stream.concat(outcomes().stream(), Stream.of(Outcome.ofCode(500, Status.UNKNOWN)))
                .toList());
    }

    /** Earlier versions have no codes above 11. */
    @Provide
    Arbitrary<List<HistoryEntry>> oldDays() {
        return daysOf(
                Outcome.known().stream().filter(outcome -> outcome.code() <= 11).toList());
    }

    private static Arbitrary<List<HistoryEntry>> daysOf(List<Outcome> possible) {
        Arbitrary<Outcome> outcomes = Arbitraries.of(possible).filter(outcome -> outcome != Outcome.NONE);
        Arbitrary<String> errors = Arbitraries.oneOf(
                Arbitraries.of("connection refused", "no response within 500 ms"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(HistoryCodecTest::isUnicode));
        Arbitrary<HistoryEntry> entries = Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.longs().between(1, 600_000),
                                Arbitraries.longs().between(29_900, 30_100)),
                        outcomes,
                        Arbitraries.integers().between(0, 130_000),
                        Arbitraries.of(0, 100, 200, 204, 301, 404, 503, 599),
                        errors)
                .as((gap, outcome, responseTime, code, error) ->
                        new HistoryEntry(gap, outcome, responseTime, code, text(outcome, error)));
        return entries.list().ofMaxSize(60).map(HistoryCodecTest::oneAfterTheOther);
    }

    private static String text(Outcome outcome, String error) {
        return outcome == Outcome.UP ? "" : outcome == Outcome.DENIED ? Outcome.DENIED_TEXT : error;
    }

    /** Outcomes of this version, and some of later ones. */
    private static List<Outcome> outcomes() {
        return Stream.concat(Outcome.known().stream(), Stream.of(Outcome.ofCode(42), Outcome.ofCode(45)))
                .toList();
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static List<HistoryEntry> oneAfterTheOther(List<HistoryEntry> gaps) {
        List<HistoryEntry> day = new ArrayList<>();
        long at = DAY_START;
        for (HistoryEntry gap : gaps) {
            at += gap.timestamp();
            day.add(new HistoryEntry(at, gap.outcome(), gap.responseTime(), gap.statusCode(), gap.error()));
        }
        return day;
    }
}
