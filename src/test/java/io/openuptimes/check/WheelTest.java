package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Service;
import io.openuptimes.testing.Seed;
import io.openuptimes.testing.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every entry comes out when due: once, not early, and almost in order. */
class WheelTest {

    private static final long NOW = 1_700_000_000_003L;

    private static final Service SERVICE = Services.of("http://localhost/");

    private static Entry entry(long dueAt) {
        return new Entry(SERVICE, 0, dueAt);
    }

    @Property(tries = 50, seed = Seed.FIXED)
    void nothingIsLostOrEarly(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(max = 300_000) Integer> delays,
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 3, max = 30_000) Integer> steps) {
        Wheel wheel = new Wheel();
        wheel.turn(NOW);
        delays.forEach(delay -> wheel.add(entry(NOW + delay)));
        List<Long> taken = new ArrayList<>();
        long now = NOW;
        for (int step = 0; taken.size() < delays.size(); step++) {
            now += steps.get(step % steps.size());
            long next = wheel.nextDueAt(Long.MAX_VALUE);
            wheel.turn(now);
            if (next > now) {
                assertThat(wheel.due()).isZero();
            } else {
                assertThat(wheel.due()).isPositive();
                assertThat(wheel.oldest() - next).isBetween(0L, (long) Wheel.BUCKET_MS);
            }
            for (Entry entry = wheel.take(); entry != null; entry = wheel.take()) {
                assertThat(entry.dueAt).isLessThanOrEqualTo(now);
                taken.add(entry.dueAt);
            }
            if (taken.size() < delays.size()) {
                assertThat(wheel.nextDueAt(Long.MAX_VALUE)).isBetween(now + 1, NOW + 300_000);
                assertThat(wheel.nextDueAt(now)).isEqualTo(now);
            }
        }
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        delays.stream().map(delay -> NOW + delay).toList());
        for (int i = 1; i < taken.size(); i++) {
            assertThat(taken.get(i)).isGreaterThan(taken.get(i - 1) - Wheel.BUCKET_MS);
        }
        assertThat(wheel.nextDueAt(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Property(tries = 100, seed = Seed.FIXED)
    void whatIsTakenOutBeforeOrWhileItIsDueDoesNotComeUp(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 200_000) Integer> delays,
            @ForAll @IntRange(max = 200_000) int passed) {
        Wheel wheel = new Wheel();
        wheel.turn(NOW);
        List<Entry> entries = delays.stream().map(delay -> entry(NOW + delay)).toList();
        entries.forEach(wheel::add);
        wheel.turn(NOW + passed);
        for (int i = 0; i < entries.size(); i += 2) {
            wheel.remove(entries.get(i));
        }
        wheel.turn(NOW + 200_000);
        int taken = 0;
        while (wheel.take() != null) {
            taken++;
        }
        assertThat(taken).isEqualTo(entries.size() / 2);
        assertThat(wheel.due()).isZero();
    }

    @Property(tries = 5, seed = Seed.FIXED)
    void startsAreSpreadOverTheSecondsAndKeepTheirPhasesOverARestart(
            @ForAll @IntRange(min = 1, max = 30) int interval) {
        Schedule schedule = ScheduleTest.ofAll(interval);
        Schedule restarted = ScheduleTest.ofAll(interval);
        int services = 100 * interval;
        long later = NOW + 7_654_321;
        for (int i = 0; i < services; i++) {
            schedule.put(Services.of("http://localhost/", Map.of(), "id" + i), NOW);
            restarted.put(Services.of("http://localhost/", Map.of(), "id" + i), later);
        }
        int[] perSecond = new int[interval];
        long end = NOW + interval * 1000L;
        Map<String, Long> phases = new HashMap<>();
        for (Schedule.Due due = schedule.poll(end); due != null; due = schedule.poll(end)) {
            perSecond[(int) ((due.dueAt() - NOW - 1) / 1000)]++;
            phases.put(due.service().id(), due.dueAt());
        }
        assertThat(phases).hasSize(services);
        assertThat(IntStream.of(perSecond).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(50, 160));
        long endOfRestarted = later + interval * 1000L;
        TreeSet<String> seen = new TreeSet<>();
        for (Schedule.Due due = restarted.poll(endOfRestarted); due != null; due = restarted.poll(endOfRestarted)) {
            assertThat((due.dueAt() - phases.get(due.service().id())) % (interval * 1000L))
                    .isZero();
            seen.add(due.service().id());
        }
        assertThat(seen).hasSize(services);
    }
}
