package io.openuptimes;

import io.openuptimes.runtime.SteadyClock;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the process's only clock. */
final class Clocks {

    private static final Logger log = LoggerFactory.getLogger(Clocks.class);

    /** Smaller corrections are not logged; time servers make them all the time. */
    private static final long WORTH_A_WORD_MS = 1_000;

    private Clocks() {}

    /**
     * @param wall the machine's clock
     */
    static SteadyClock steady(Clock wall) {
        return new SteadyClock(wall, System::nanoTime, Clocks::stepped);
    }

    private static void stepped(long millis) {
        if (Math.abs(millis) >= WORTH_A_WORD_MS) {
            log.warn(
                    "the machine's clock was set {} by {} s; the times of results follow{}",
                    millis > 0 ? "forward" : "back",
                    Math.abs(millis) / 1000.0,
                    millis > SteadyClock.FOLLOWED ? " at once" : ", by six minutes an hour");
        }
    }
}
