package io.openuptimes.store.results;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.runtime.Lengths;
import org.slf4j.Logger;

/**
 * The log line of a transition.
 *
 * @param downtime the downtime that it ends, milliseconds; 0 if it ends none or its length is unknown
 */
record TransitionLine(Transition transition, long downtime) {

    private static final int MAX_ERROR = 200;

    void log(Logger log, LoggedService service) {
        if (transition.to() == Status.DOWN) {
            log.warn(
                    "{} is down: {}{}; {}",
                    service,
                    transition.cause(),
                    error(),
                    TransitionLog.hint(transition.cause()));
        } else if (transition.from() == Status.DOWN) {
            log.info(
                    "{} is {} again{}",
                    service,
                    transition.to().word(),
                    downtime == 0 ? "" : " after " + Lengths.text(downtime));
        } else {
            log.info("{} is {}", service, transition.to().word());
        }
    }

    private String error() {
        return transition.error().isEmpty() ? "" : " (" + Excerpt.oneLine(transition.error(), MAX_ERROR) + ")";
    }
}
