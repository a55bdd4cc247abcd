package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.InvalidInputException;
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

    private final Schedule schedule = new Schedule(60);

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
        long first = schedule.nextDueAt();
        Schedule restarted = new Schedule(60);
        restarted.put(every("a", 10), NOW + 123_456);
        assertThat((restarted.nextDueAt() - first) % 10_000).isZero();
        assertThat(restarted.nextDueAt()).isBetween(NOW + 123_457, NOW + 133_456);
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
        long first = schedule.nextDueAt();
        List<Schedule.Due> due = dueAt(first + 35_000);
        assertThat(due).singleElement().satisfies(one -> {
            assertThat(one.dueAt()).isEqualTo(first);
            assertThat(one.missed()).isEqualTo(3);
        });
        assertThat(schedule.nextDueAt()).isEqualTo(first + 40_000);
    }

    @Test
    void aChangedIntervalTakesEffectAtOnce() {
        schedule.put(every("a", 86_400), NOW);
        schedule.put(every("a", 1), NOW);
        assertThat(schedule.nextDueAt()).isBetween(NOW + 1, NOW + 1000);
        assertThat(schedule.size()).isEqualTo(1);
        assertThat(dueAt(NOW + 1000)).hasSize(1);
    }

    @Test
    void aChangeThatIsNoneOfItsChecksLeavesAServiceDueWhenItWas() {
        schedule.put(every("a", 10), NOW);
        long due = schedule.nextDueAt();
        Service renamed = service("a", Map.of("interval", 10, "name", "b", "group", "c"));
        schedule.put(renamed, due + 5);
        assertThat(dueAt(due + 5)) // late, not forgotten
                .containsExactly(new Schedule.Due(renamed, due, 0));
        schedule.replaceAll(List.of(every("a", 10)), due + 10_005);
        assertThat(schedule.nextDueAt()).isEqualTo(due + 10_000);
        schedule.put(service("a", Map.of("interval", 10, "timeout", 100)), due + 10_005);
        assertThat(schedule.nextDueAt()).isEqualTo(due + 20_000);
    }

    @Test
    void followsAClockThatWasSetBack() {
        schedule.put(every("a", 10), NOW);
        schedule.realign(NOW - 3_600_000);
        assertThat(schedule.nextDueAt()).isBetween(NOW - 3_600_000 + 1, NOW - 3_600_000 + 10_000);
        assertThat(schedule.size()).isEqualTo(1);
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
        assertThat(schedule.nextDueAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.find("a")).isNull();
    }

    @Test
    void aPausedServiceIsKnownButNeverDue() {
        Service paused = service("p", Map.of("interval", 1, "paused", true));
        schedule.put(every("p", 1), NOW);
        schedule.put(paused, NOW);
        assertThat(dueAt(NOW + 10_000)).isEmpty();
        schedule.realign(NOW);
        assertThat(schedule.nextDueAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.find("p")).isEqualTo(paused);
        assertThat(schedule.paused()).isEqualTo(1);
        schedule.replaceAll(List.of(paused), NOW);
        assertThat(dueAt(NOW + 10_000)).isEmpty();
        schedule.put(every("p", 1), NOW);
        assertThat(schedule.nextDueAt()).isBetween(NOW + 1, NOW + 1000);
    }

    @Test
    void takingOverTheSameListKeepsWhatIsDue() {
        List<Service> services = List.of(every("a", 10), every("b", 10));
        schedule.replaceAll(services, NOW);
        long due = schedule.nextDueAt();
        schedule.replaceAll(List.of(every("a", 10), every("b", 10), every("c", 10)), due + 5);
        assertThat(schedule.nextDueAt()).isEqualTo(due); // late, not forgotten
        schedule.replaceAll(List.of(), NOW);
        assertThat(schedule.size()).isZero();
        assertThat(schedule.nextDueAt()).isEqualTo(Long.MAX_VALUE);
    }
}
