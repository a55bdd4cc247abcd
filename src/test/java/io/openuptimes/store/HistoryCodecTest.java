package io.openuptimes.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** As the script does: the time since the entry before, then the tail. */
    private static byte[] encode(List<HistoryEntry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long last = DAY_START;
        String lastError = null;
        for (HistoryEntry entry : entries) {
            HistoryCodec.writeNumber(out, entry.timestamp() - last);
            out.writeBytes(HistoryCodec.encodeTail(
                    entry.outcome(),
                    entry.responseTime(),
                    entry.statusCode(),
                    entry.error(),
                    entry.error().equals(lastError)));
            last = entry.timestamp();
            lastError = entry.error();
        }
        return out.toByteArray();
    }

    @Property
    void givesBackWhatWasWritten(@ForAll("days") List<HistoryEntry> day) {
        assertThat(HistoryCodec.decode(encode(day), DAY_START)).isEqualTo(day);
    }

    @Property
    void isNeverConfusedByADayThatIsCutOff(
            @ForAll("days") List<HistoryEntry> day, @ForAll @IntRange(max = 5000) int cut) {
        byte[] whole = encode(day);
        byte[] rest = Arrays.copyOf(whole, Math.min(cut, whole.length));

        List<HistoryEntry> read = HistoryCodec.decode(rest, DAY_START);

        assertThat(read).isEqualTo(day.subList(0, read.size()));
    }

    @Property
    void survivesAnyBytes(@ForAll @Size(max = 300) byte[] rubbish) {
        assertThat(HistoryCodec.decode(rubbish, DAY_START)).hasSizeLessThanOrEqualTo(rubbish.length);
    }

    @Example
    void takesSixBytesForAUsualEntryAMinute() {
        HistoryEntry first = new HistoryEntry(DAY_START + 60_000, Outcome.UP, 180, 200, "");
        assertThat(encode(List.of(first))).hasSize(6);
    }

    @Example
    void keepsTheTextOfALongOutageOnce() {
        List<HistoryEntry> outage = new ArrayList<>();
        for (int minute = 1; minute <= 100; minute++) {
            outage.add(new HistoryEntry(
                    DAY_START + minute * 60_000L, Outcome.TIMEOUT, 10_000, 0, "no answer within 10000 ms"));
        }
        assertThat(encode(outage)).hasSizeLessThan(100 * 7);
    }

    @Provide
    Arbitrary<List<HistoryEntry>> days() {
        Arbitrary<Outcome> outcomes = Arbitraries.of(Outcome.values()).filter(outcome -> outcome != Outcome.NONE);
        Arbitrary<String> errors = Arbitraries.oneOf(
                Arbitraries.of("connection refused", "no answer within 500 ms"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(HistoryCodecTest::isUnicode));
        Arbitrary<HistoryEntry> entries = Combinators.combine(
                        Arbitraries.longs().between(1, 600_000),
                        outcomes,
                        Arbitraries.integers().between(0, 130_000),
                        Arbitraries.of(0, 100, 200, 204, 301, 404, 503, 599),
                        errors)
                .as((gap, outcome, responseTime, code, error) ->
                        new HistoryEntry(gap, outcome, responseTime, code, outcome == Outcome.UP ? "" : error));
        return entries.list().ofMaxSize(60).map(HistoryCodecTest::oneAfterTheOther);
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
