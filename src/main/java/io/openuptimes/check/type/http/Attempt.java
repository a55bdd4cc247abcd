package io.openuptimes.check.type.http;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * A running check: its deadline, its timeline, the open connections, and its result.
 *
 * <p>It ends exactly once, at the latest at the deadline, and closes the open connection. If the event loop was suspended
 * meanwhile, the result may be an artifact of that: the check is repeated once, and if that does not help, the result says
 * that this machine could not make the check. Belongs to one event loop.
 */
final class Attempt extends Deadlines.Deadline {

    private final Timeline timeline = new Timeline();
    private final LoopResources lane;
    private final ContextInternal context;
    private final Service service;
    private final Target target;
    private final long timestamp;
    private final Promise<CheckResult> result;
    private final boolean again;

    private final Requests requests;
    private @Nullable Runnable closing;
    private boolean over;
    private long stoodStillBefore;

    /**
     * Starts the clock.
     *
     * @param context provides the event loop
     * @param target the service's URL
     * @param timestamp epoch milliseconds
     * @param again whether this is the repetition of an inconclusive check
     * @param result succeeds when the check has ended; never fails
     */
    Attempt(
            LoopResources lane,
            ContextInternal context,
            Service service,
            Target target,
            long timestamp,
            boolean again,
            Promise<CheckResult> result) {
        this.lane = lane;
        this.context = context;
        this.service = service;
        this.target = target;
        this.timestamp = timestamp;
        this.again = again;
        this.result = result;
        this.requests = new Requests(lane, this, service, target, timestamp);
    }

    /**
     * The repetition of this check.
     *
     * @param now epoch milliseconds
     */
    Attempt again(long now) {
        return new Attempt(lane, context, service, target, now, true, result);
    }

    void start() {
        lane.deadlines().set(this, service.timeout());
        stoodStillBefore = lane.deadlines().stoodStill();
        requests.start();
    }

    ContextInternal context() {
        return context;
    }

    boolean isOver() {
        return over;
    }

    /** The current step; null between two requests. */
    @Nullable
    Step step() {
        return timeline.step();
    }

    /** Ends the current step and starts the next, if any. */
    void enter(@Nullable Step next) {
        if (!over) {
            timeline.enter(next);
        }
    }

    /**
     * Registers open connections.
     *
     * @param close called when the check ends or moves on to another server
     */
    void takes(Runnable close) {
        closing = close;
    }

    @Override
    void passed() {
        requests.late();
    }

    /** Ends the check because the process is stopping; the result does not describe the service. */
    void breakOff() {
        end(Outcome.RESOURCE, "it was broken off");
    }

    /** The service is up. */
    void up() {
        end(Outcome.UP, "");
    }

    void end(Failure failure) {
        if (failure.outcome() == Outcome.RESOURCE && failure.text().equals(Shortage.FILES)) {
            lane.spare().give();
        }
        end(failure.outcome(), failure.text(), failure.deniedBy());
    }

    private void end(Outcome outcome, String error) {
        end(outcome, error, null);
    }

    private void end(Outcome outcome, String error, @Nullable String deniedBy) {
        if (over) {
            return;
        }
        timeline.enter(null);
        over = true;
        cancel();
        closeConnection();
        long stood = lane.deadlines().stoodStill() - stoodStillBefore;
        if (Standstill.spoils(outcome, stood, timeline.nanos(), service.timeout(), again)) {
            if (again) {
                complete(Outcome.RESOURCE, "this machine was stalled", null);
            } else {
                lane.loop().execute(() -> lane.again(this)); // a new event loop turn, see Requests#send
            }
        } else {
            complete(outcome, error, deniedBy);
        }
    }

    private void complete(Outcome outcome, String error, @Nullable String deniedBy) {
        result.complete(new CheckResult(
                service.id(),
                timestamp,
                outcome,
                requests.status(),
                timeline.millis(),
                timeline.phases(),
                error,
                null,
                deniedBy,
                requests.peer(),
                service.urlHash()));
    }

    void closeConnection() {
        Runnable close = closing;
        closing = null;
        if (close != null) {
            close.run();
        }
    }
}
