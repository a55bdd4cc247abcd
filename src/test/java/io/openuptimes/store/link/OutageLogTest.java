package io.openuptimes.store.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.LogCapture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private long nanos;
    private final OutageLog outages = new OutageLog(() -> nanos);
    private final LogCapture log = LogCapture.of(OutageLog.class);

    @AfterEach
    void stop() {
        log.close();
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private void away(String link) {
        outages.away(link, new IllegalStateException("Connection refused"));
    }

    @Test
    void an_outage_is_a_line_and_its_end_another_whatever_the_number_of_links() {
        outages.there("store");
        outages.there("node");
        pass(100);
        away("store");
        away("node");
        pass(5);
        away("store");
        outages.there("store");
        pass(1);
        outages.there("node");
        assertThat(log.lines())
                .containsExactly(
                        "connected to Redis",
                        "Redis cannot be reached (Connection refused); trying again. Checks go on, their results wait,"
                                + " and changes are refused. Check that it runs and can be reached from this machine",
                        "Redis is back after 6 s");
    }

    @Test
    void at_the_start_the_line_names_the_setting() {
        away("store");
        away("node");
        outages.there("store");
        outages.there("node");
        assertThat(log.lines())
                .containsExactly(
                        "Redis cannot be reached (Connection refused); trying again. Check that it runs, and redis.url"
                                + " (OPENUPTIMES_REDIS_URL)",
                        "connected to Redis");
    }

    @Test
    void a_long_outage_is_told_of_once_a_minute() {
        outages.there("store");
        for (int i = 0; i < 1_000; i++) {
            pass(1);
            away("store");
        }
        assertThat(log.lines()).hasSize(1 + 1_000 / OutageLog.REMIND_S + 1);
        assertThat(log.lines().get(2))
                .isEqualTo("Redis cannot be reached for 1 min (Connection refused); trying again");
    }

    @Test
    void outages_in_quick_succession_share_a_line() {
        outages.there("store");
        for (int i = 0; i < 30; i++) {
            away("store");
            outages.there("store");
            pass(1);
        }
        assertThat(log.lines()).hasSize(1 + 2 * (30 / OutageLog.APART_S));
    }

    @Test
    void a_reason_stays_in_its_line() {
        outages.away("store", new IllegalStateException("a\u001b[31m\u2028b"));
        assertThat(log.lines()).singleElement().asString().startsWith("Redis cannot be reached (a?[31m?b)");
    }

    @Test
    void a_link_that_is_closed_is_not_waited_for() {
        outages.there("store");
        away("node");
        away("store");
        outages.closed("node");
        pass(2);
        outages.there("store");
        assertThat(log.lines().get(2)).isEqualTo("Redis is back after 2 s");
    }
}
