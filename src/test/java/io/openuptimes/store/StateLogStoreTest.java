package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ClearHistory;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.StateTimes;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StateLogCodec;
import io.openuptimes.testing.ManualClock;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of a service's states in Redis, and the uptime that is read from it. */
class StateLogStoreTest extends StoreTestBase {

    private static final long DAY = Keys.DAY_MS;
    private static final long HOUR = Keys.HOUR_MS;
    private static final long MINUTE = 60_000;

    /** Noon of a day in the middle of a period of the log, later than today: Redis expires keys by its own clock. */
    private static final long NOON =
            ((Keys.statesPeriod(System.currentTimeMillis()) + 1) * Keys.LOG_DAYS + 50) * DAY + DAY / 2;

    private final ManualClock clock = new ManualClock(NOON);
    private String id;

    @Override
    protected Clock clock() {
        return clock;
    }

    @BeforeEach
    void create() {
        clock.set(NOON - 5 * DAY);
        id = ask(StoreMessage.CREATE_SERVICE, new CreateService(Map.of("name", "a", "url", "http://localhost/")))
                .service()
                .id();
        clock.set(NOON);
    }

    private void record(long at, Outcome outcome, long maxAge) {
        CheckResult result = new CheckResult(id, at, outcome, 200, 100, Phases.NONE, "");
        ask(
                StoreMessage.RECORD,
                new RecordResult(new Verdict(result, Rules.PLAIN.withMaxAge(maxAge), null, true, false)));
    }

    private void record(long at, Outcome outcome) {
        record(at, outcome, 0);
    }

    private UptimeReport report(long maxAge) {
        return ask(StoreMessage.READ_UPTIMES, new ReadUptimes(List.of(id), Map.of(id, maxAge)))
                .reports()
                .get(0);
    }

    private static StateTimes sum(List<StateTimes> times) {
        return times.stream().reduce(StateTimes.NONE, StateTimes::plus);
    }

    private @Nullable Response inRedis(Command command, String... args) {
        Redis client = Redis.createClient(vertx, options);
        try {
            Request request = Request.cmd(command);
            List.of(args).forEach(request::arg);
            return await(client.send(request));
        } finally {
            await(client.close());
        }
    }

    private String key(long time) {
        return Keys.states(id, Keys.statesPeriod(time));
    }

    /** Counted by checks, 132 of 1561 failed: 8.5 %. */
    @Test
    void eleven_minutes_of_a_day_are_eleven_minutes_whatever_the_interval() {
        long outage = NOON - 11 * MINUTE;
        for (long at = NOON - DAY; at < outage; at += MINUTE) {
            record(at, Outcome.UP, 2 * MINUTE + 10_000);
        }
        for (long at = outage; at < NOON; at += 5_000) {
            record(at, Outcome.TIMEOUT, MINUTE);
        }

        UptimeReport report = report(20_000);
        assertThat(report.days().subList(88, 90).stream()
                        .mapToLong(count -> count.checks() - count.up())
                        .sum())
                .isEqualTo(132);
        assertThat(report.uptime().day()).isEqualTo(1 - 11 / 1440.0, within(1e-12));
        assertThat(sum(report.dayTimes())).isEqualTo(new StateTimes(DAY - 11 * MINUTE, 11 * MINUTE, 0, 0, 0));
        assertThat(report.hourTimes().get(22)).isEqualTo(new StateTimes(49 * MINUTE, 11 * MINUTE, 0, 0, 0));
        assertThat(inRedis(Command.STRLEN, key(NOON)).toLong())
                .as("a beginning and a change; the day's anchor adds nothing")
                .isEqualTo(6 + 2 * 9);
    }

    @Test
    void time_that_nobody_checked_is_neither_up_nor_down() {
        record(NOON - 3 * HOUR, Outcome.UP, 10 * MINUTE);
        record(NOON - 2 * HOUR, Outcome.CONNECT, 10 * MINUTE);
        record(NOON - HOUR, Outcome.EGRESS, 10 * MINUTE);

        assertThat(sum(report(10 * MINUTE).hourTimes()))
                .isEqualTo(new StateTimes(10 * MINUTE, 10 * MINUTE, 160 * MINUTE, 0, 0));
        assertThat(report(10 * MINUTE).uptime()).isEqualTo(new Uptime(0.5, 0.5, 0.5));
    }

    @Test
    void the_running_state_ends_when_its_result_is_too_old() {
        record(NOON - HOUR, Outcome.UP);

        assertThat(sum(report(10 * MINUTE).hourTimes())).isEqualTo(new StateTimes(10 * MINUTE, 0, 50 * MINUTE, 0, 0));
        assertThat(sum(report(2 * HOUR).hourTimes())).isEqualTo(new StateTimes(HOUR, 0, 0, 0, 0));
    }

    @Test
    void the_changes_of_a_day_that_has_too_many_are_summed_up_and_none_is_lost() {
        long begin = NOON - DAY;
        int changes = 3 * StateLogCodec.MAX_A_DAY;
        for (int i = 0; i <= changes; i++) {
            record(begin + i * 1_000L, i % 4 == 3 ? Outcome.TIMEOUT : i % 4 == 1 ? Outcome.EGRESS : Outcome.UP);
        }
        long bytes = inRedis(Command.STRLEN, key(NOON)).toLong();
        assertThat(bytes).isEqualTo(6 + 9L * StateLogCodec.MAX_A_DAY + 28);
        assertThat(sum(report(0).dayTimes())).isEqualTo(new StateTimes(DAY - 150_000, 75_000, 75_000, 0, 0));

        record(NOON - HOUR, Outcome.TIMEOUT);
        assertThat(inRedis(Command.STRLEN, key(NOON)).toLong())
                .as("on the next day, changes are kept one by one again")
                .isEqualTo(bytes + 9);
        assertThat(sum(report(0).dayTimes()))
                .isEqualTo(new StateTimes(DAY - 150_000 - HOUR, 75_000 + HOUR, 75_000, 0, 0));
    }

    @Test
    void a_log_goes_on_in_the_next_period_and_after_a_restart() throws Exception {
        long border = (Keys.statesPeriod(NOON) + 1) * Keys.LOG_DAYS * DAY;
        clock.set(border + 6 * HOUR);
        record(border - 18 * HOUR, Outcome.UP);
        record(border - 6 * HOUR, Outcome.TIMEOUT);
        record(border + HOUR, Outcome.TIMEOUT);
        assertThat(report(0).uptime().day()).isEqualTo(0.5);
        record(border + 3 * HOUR, Outcome.UP);

        UptimeReport report = report(0);
        assertThat(sum(report.hourTimes())).isEqualTo(new StateTimes(14 * HOUR, 9 * HOUR, 0, 0, 0));
        assertThat(inRedis(Command.STRLEN, key(border)).toLong())
                .as("an anchor and a change")
                .isEqualTo(6 + 2 * 9);
        assertThat(inRedis(Command.PTTL, key(border)).toLong()).isGreaterThan(Keys.LOG_KEPT_DAYS * DAY);

        undeployStore();
        deployStore();
        assertThat(report(0)).isEqualTo(report);
    }

    @Test
    void data_without_a_log_is_shown_by_its_counts_until_the_log_begins() {
        record(NOON - 2 * DAY, Outcome.UP);
        record(NOON - 2 * DAY + 1, Outcome.UP);
        record(NOON - 2 * DAY + 2, Outcome.UP);
        record(NOON - 2 * DAY + 3, Outcome.TIMEOUT);
        inRedis(Command.DEL, key(NOON)); // as older versions leave it

        assertThat(report(0).dayTimes().get(87)).isEqualTo(new StateTimes(18 * HOUR, 6 * HOUR, 0, 0, 0));
        assertThat(report(0).uptime()).isEqualTo(new Uptime(null, 0.75, 0.75));

        record(NOON - HOUR, Outcome.TIMEOUT);
        UptimeReport report = report(0);
        assertThat(report.dayTimes().get(87)).isEqualTo(new StateTimes(18 * HOUR, 6 * HOUR, 0, 0, 0));
        assertThat(report.hourTimes().get(23)).isEqualTo(StateTimes.NONE);
        assertThat(report.hourTimes().get(22)).isEqualTo(new StateTimes(0, HOUR, 0, 0, 0));
    }

    @Test
    void clearing_the_history_clears_the_log_and_the_next_result_begins_it() {
        record(NOON - HOUR, Outcome.TIMEOUT);
        ask(StoreMessage.CLEAR_HISTORY, new ClearHistory());

        assertThat(inRedis(Command.EXISTS, key(NOON)).toLong()).isZero();
        assertThat(report(0).uptime()).isEqualTo(Uptime.UNKNOWN);
        assertThat(report(0).days()).containsOnly(CheckCounts.NONE);
        assertThat(report(0).dayTimes()).containsOnly(StateTimes.NONE);

        record(NOON + 1, Outcome.TIMEOUT);
        clock.set(NOON + 1_001);
        assertThat(sum(report(0).dayTimes())).isEqualTo(new StateTimes(0, 1_000, 0, 0, 0));
    }
}
