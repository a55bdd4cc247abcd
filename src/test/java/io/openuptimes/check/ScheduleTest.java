package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.HealthState;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long NOW = 1_700_000_000_000L;

    private final Schedule schedule = ofAll(60);

    /** The schedule of a node that is alone. */
    static Schedule ofAll(int defaultInterval) {
        Schedule schedule = new Schedule(defaultInterval, null);
        for (int partition = 0; partition < Partition.COUNT; partition++) {
            schedule.gain(partition, Map.of(), NOW);
        }
        return schedule;
    }

    private static Service service(String id, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(Map.of("name", id, "url", "http://localhost/"));
        all.putAll(fields);
        try {
            return ServiceFields.parse(all, id, 0);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Service every(String id, int seconds) {
        return service(id, Map.of("interval", seconds));
    }

    private List<Schedule.Due> dueAt(long now) {
        List<Schedule.Due> due = new ArrayList<>();
        for (Schedule.Due next = schedule.poll(now); next != null; next = schedule.poll(now)) {
            due.add(next);
        }
        return due;
    }

    /** Like a check loop that takes over a list. */
    private void replaceAll(List<Service> services, long now) {
        int load = schedule.beginLoad();
        services.forEach(service -> schedule.loaded(service, load, now));
        schedule.notIn(load).forEach(schedule::remove);
    }

    private static long nextDueAt(Schedule schedule) {
        return schedule.nextDueAt(Long.MAX_VALUE);
    }

    private static HealthState checkedAt(long at) {
        return new HealthState(Outcome.UP, at, at, 1, 0, 0, HealthState.Form.CURRENT, 0);
    }

    @Test
    void aServiceIsDueOnceInEachInterval() {
        schedule.put(every("a", 10), NOW);
        List<Long> times = new ArrayList<>();
        for (long now = NOW; now < NOW + 60_000; now += 10) {
            dueAt(now).forEach(due -> times.add(due.dueAt()));
        }
        assertThat(times).hasSize(6);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(10_000);
        }
    }

    @Test
    void thePhaseOfAServiceIsTheSameAfterARestart() {
        schedule.put(every("a", 10), NOW);
        long first = nextDueAt(schedule);
        Schedule restarted = ofAll(60);
        restarted.put(every("a", 10), NOW + 123_456);
        assertThat((nextDueAt(restarted) - first) % 10_000).isZero();
        assertThat(nextDueAt(restarted)).isBetween(NOW + 123_457, NOW + 133_456);
    }

    @Test
    void manyServicesAreSpreadEvenlyOverTheInterval() {
        for (int i = 0; i < 10_000; i++) {
            schedule.put(service("service-" + i, Map.of()), NOW);
        }
        int[] perSecond = new int[60];
        dueAt(NOW + 60_000).forEach(due -> perSecond[(int) ((due.dueAt() - NOW - 1) / 1000)]++);
        double mean = 10_000 / 60.0;
        assertThat(IntStream.of(perSecond).summaryStatistics()).satisfies(counts -> {
            assertThat(counts.getMin()).isGreaterThan((int) (mean * 0.5));
            assertThat(counts.getMax()).isLessThan((int) (mean * 1.5));
        });
    }

    @Test
    void whatWentByWithoutACheckIsCountedAndNotMadeUpFor() {
        schedule.put(every("a", 10), NOW);
        long first = nextDueAt(schedule);
        List<Schedule.Due> due = dueAt(first + 35_000);
        assertThat(due).singleElement().satisfies(one -> {
            assertThat(one.dueAt()).isEqualTo(first);
            assertThat(one.missed()).isEqualTo(3);
        });
        assertThat(nextDueAt(schedule)).isEqualTo(first + 40_000);
    }

    @Test
    void aChangedIntervalTakesEffectAtOnce() {
        schedule.put(every("a", 86_400), NOW);
        schedule.put(every("a", 1), NOW);
        assertThat(nextDueAt(schedule)).isBetween(NOW + 1, NOW + 1000);
        assertThat(schedule.size()).isEqualTo(1);
        assertThat(dueAt(NOW + 1000)).hasSize(1);
    }

    @Test
    void aChangeThatIsNoneOfItsChecksLeavesAServiceDueWhenItWas() {
        schedule.put(every("a", 10), NOW);
        long due = nextDueAt(schedule);
        Service renamed = service("a", Map.of("interval", 10, "name", "b", "group", "c"));
        schedule.put(renamed, due + 5);
        assertThat(dueAt(due + 5)) // late, not forgotten
                .containsExactly(new Schedule.Due(renamed, due, 0, HostKey.of(renamed.url())));
        replaceAll(List.of(every("a", 10)), due + 10_005);
        assertThat(nextDueAt(schedule)).isEqualTo(due + 10_000);
        schedule.put(service("a", Map.of("interval", 10, "timeout", 100)), due + 10_005);
        assertThat(nextDueAt(schedule)).isEqualTo(due + 20_000);
    }

    @Test
    void manyChangesOfOneServiceLeaveNothingBehind() {
        for (int i = 0; i < 10_000; i++) {
            schedule.put(every("a", 86_400 - i % 2), NOW);
        }
        assertThat(dueAt(NOW + 86_400_000)).hasSize(1);
    }

    @Test
    void aRemovedServiceIsNotDueAnyMore() {
        schedule.put(every("a", 1), NOW);
        schedule.remove("a");
        assertThat(dueAt(NOW + 10_000)).isEmpty();
        assertThat(nextDueAt(schedule)).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.find("a")).isNull();
    }

    @Test
    void aPausedServiceIsKnownButNeverDue() {
        Service paused = service("p", Map.of("interval", 1, "paused", true));
        schedule.put(every("p", 1), NOW);
        schedule.put(paused, NOW);
        assertThat(dueAt(NOW + 10_000)).isEmpty();
        assertThat(nextDueAt(schedule)).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.find("p")).isEqualTo(paused);
        assertThat(schedule.paused()).isEqualTo(1);
        replaceAll(List.of(paused), NOW);
        assertThat(dueAt(NOW + 10_000)).isEmpty();
        schedule.put(every("p", 1), NOW);
        assertThat(nextDueAt(schedule)).isBetween(NOW + 1, NOW + 1000);
    }

    @Test
    void howManyChecksAreDueInASecondIsOfWhatIsHeldAndNotPaused() {
        schedule.put(every("a", 1), NOW);
        schedule.put(every("b", 4), NOW);
        schedule.put(every("c", 10), NOW);
        assertThat(schedule.perSecond()).isEqualTo(1.35);
        schedule.put(every("a", 2), NOW);
        schedule.put(service("b", Map.of("interval", 4, "paused", true)), NOW);
        assertThat(schedule.perSecond()).isEqualTo(0.6);
        schedule.lose(Partition.of("a"));
        schedule.remove("b");
        assertThat(schedule.perSecond()).isEqualTo(0.1);
        schedule.gain(Partition.of("a"), Map.of(), NOW);
        assertThat(schedule.perSecond()).isEqualTo(0.6);
        List.of("a", "c").forEach(schedule::remove);
        assertThat(schedule.perSecond()).isZero();
    }

    @Test
    void takingOverTheSameListKeepsWhatIsDue() {
        List<Service> services = List.of(every("a", 10), every("b", 10));
        replaceAll(services, NOW);
        long due = nextDueAt(schedule);
        replaceAll(List.of(every("a", 10), every("b", 10), every("c", 10)), due + 5);
        assertThat(nextDueAt(schedule)).isEqualTo(due); // late, not forgotten
        replaceAll(List.of(), NOW);
        assertThat(schedule.size()).isZero();
        assertThat(nextDueAt(schedule)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatAnotherNodeHoldsIsKnownButNeverDue() {
        schedule.put(every("a", 1), NOW);
        schedule.lose(Partition.of("a"));
        schedule.put(every("b", 1), NOW);
        schedule.lose(Partition.of("b"));
        schedule.put(service("b", Map.of("interval", 1, "timeout", 100)), NOW);
        assertThat(dueAt(NOW + 10_000)).isEmpty();
        assertThat(schedule.size()).isEqualTo(2);
        assertThat(schedule.held()).isZero();
        assertThat(schedule.checksWithin(10_000)).isZero();
        schedule.remove("a");
        assertThat(schedule.gain(Partition.of("a"), Map.of(), NOW + 10_000)).isZero();
        assertThat(schedule.gain(Partition.of("b"), Map.of(), NOW + 10_000)).isZero();
        assertThat(dueAt(NOW + 11_000)).extracting(due -> due.service().id()).containsExactly("b");
    }

    @Test
    void aServiceThatIsTakenOverIsDueAtItsFirstSlotAfterItsLastCheck() {
        schedule.put(every("a", 10), NOW);
        long slot = nextDueAt(schedule);
        for (long since : new long[] {0, 200, 9_900}) {
            schedule.lose(Partition.of("a"));
            schedule.gain(Partition.of("a"), Map.of("a", checkedAt(slot + since)), slot + since + 1);
            assertThat(nextDueAt(schedule))
                    .as("checked %d ms after the slot", since)
                    .isEqualTo(slot + 10_000);
        }
    }

    @Test
    void aSlotThatPassedWhileNobodyHadItIsUsedUnlessThatIsLongAgo() {
        schedule.put(every("a", 60), NOW);
        long slot = nextDueAt(schedule);
        schedule.lose(Partition.of("a"));
        long soon = slot + Schedule.GRACE_MS;
        assertThat(schedule.gain(Partition.of("a"), Map.of("a", checkedAt(slot - 60_000)), soon))
                .isZero();
        assertThat(dueAt(soon)).extracting(Schedule.Due::dueAt).containsExactly(slot);
        assertThat(nextDueAt(schedule)).isEqualTo(slot + 60_000);

        schedule.lose(Partition.of("a"));
        long late = slot + 60_000 + Schedule.GRACE_MS + 1;
        assertThat(schedule.gain(Partition.of("a"), Map.of("a", checkedAt(slot)), late))
                .isEqualTo(1);
        assertThat(dueAt(late)).isEmpty();
        assertThat(nextDueAt(schedule)).isEqualTo(slot + 120_000);
    }

    @Test
    void slotsAreThoseOfTheWallClockWhereTheScheduleHasFallenBehindIt() {
        schedule.put(every("a", 10), NOW);
        long slot = nextDueAt(schedule);
        schedule.lose(Partition.of("a"));
        schedule.wallIsAhead(7_300); // it stalled for this long
        schedule.gain(Partition.of("a"), Map.of("a", checkedAt(slot + 5)), slot - 7_300 + 100);
        assertThat(nextDueAt(schedule)).isEqualTo(slot + 10_000 - 7_300);
    }

    @Test
    void aLastCheckThatIsSaidToBeFarInTheFutureHoldsUpNothing() {
        schedule.put(every("a", 10), NOW);
        long slot = nextDueAt(schedule);
        schedule.lose(Partition.of("a"));
        schedule.gain(Partition.of("a"), Map.of("a", checkedAt(slot + 3_600_000)), slot - 1);
        assertThat(nextDueAt(schedule)).isEqualTo(slot);
    }

    @Test
    void whatCameWhileNobodyHadItIsCheckedAtOnceByWhoGetsIt() {
        schedule.lose(Partition.of("a"));
        schedule.lose(Partition.of("b"));
        schedule.putFresh(every("a", 86_400), NOW);
        schedule.putFresh(every("b", 86_400), NOW);
        schedule.gain(Partition.of("a"), Map.of(), NOW + 500);
        schedule.gain(Partition.of("b"), Map.of("b", checkedAt(NOW + 100)), NOW + 500); // by who had it
        assertThat(dueAt(NOW + 500)).extracting(due -> due.service().id()).containsExactly("a");
    }
}
