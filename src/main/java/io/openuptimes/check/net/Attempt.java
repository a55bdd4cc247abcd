package io.openuptimes.check.net;

import io.netty.channel.EventLoop;
import io.openuptimes.model.Phases;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to check a service: deadline, timeline, open connections and result. Each check type extends it with its
 * conversation.
 *
 * <p>It ends exactly once, at the latest at the deadline, and closes the open connection. If the event loop was
 * suspended meanwhile, the result may be an artifact of that: the attempt is repeated once, and if that does not help,
 * it fails with {@link io.openuptimes.model.Outcome#RESOURCE}. Belongs to one event loop; {@link Network#run} starts
 * it.
 *
 * @param <R> what the check type reports
 */
public abstract class Attempt<R> extends Deadlines.Deadline {

    private final Timeline timeline = new Timeline();
    private final int timeout;

    // set by start()
    private LoopResources resources;
    private ContextInternal context;
    private Promise<R> result;

    private long startedAt;
    private boolean again;
    private @Nullable Runnable closing;
    private boolean over;
    private long stoodStillBefore;

    /**
     * Creates an attempt; {@link Network#run} starts it.
     *
     * @param timeout milliseconds until the deadline
     */
    @SuppressWarnings("NullAway.Init")
    protected Attempt(int timeout) {
        this.timeout = timeout;
    }

    /** Begins the conversation. */
    protected abstract void converse();

    /** The deadline has passed; must {@linkplain #end end} the attempt. */
    protected abstract void late();

    /**
     * The attempt has ended.
     *
     * @param failure null if the target answered
     * @return what was seen
     */
    protected abstract R seen(@Nullable Failure failure);

    /** Whether the operator chose the target, so that the egress policy, which limits users, does not apply. */
    protected boolean isOperators() {
        return false;
    }

    /** A new attempt at the same check. */
    protected abstract Attempt<R> again();

    /**
     * Sets the deadline and begins.
     *
     * @param now epoch milliseconds
     * @param asAgain whether this repeats an inconclusive attempt
     * @param to succeeds when the attempt or its repetition has ended; never fails
     */
    void start(LoopResources on, ContextInternal within, long now, boolean asAgain, Promise<R> to) {
        resources = on;
        context = within;
        startedAt = now;
        again = asAgain;
        result = to;
        if (on.isClosed()) {
            breakOff();
        } else if (!on.spare().left()) {
            end(Failure.NO_FILES);
        } else {
            on.deadlines().set(this, timeout);
            stoodStillBefore = on.deadlines().stoodStill();
            converse();
        }
    }

    /**
     * Repeats this attempt.
     *
     * @param now epoch milliseconds
     */
    void repeat(long now) {
        again().start(resources, context, now, true, result);
    }

    LoopResources resources() {
        return resources;
    }

    /** The context that the check was requested on. */
    public ContextInternal context() {
        return context;
    }

    public EventLoop loop() {
        return resources.loop();
    }

    /** Start of the attempt, epoch milliseconds. */
    public long startedAt() {
        return startedAt;
    }

    /** Milliseconds from the start to the deadline. */
    public int timeout() {
        return timeout;
    }

    public boolean isOver() {
        return over;
    }

    /** The current step; null between two requests. */
    public @Nullable Step step() {
        return timeline.step();
    }

    /** Ends the current step and starts the next, if any. */
    public void enter(@Nullable Step next) {
        if (!over) {
            timeline.enter(next);
        }
    }

    /** Milliseconds from the start to the end of the last step. */
    public int millis() {
        return timeline.millis();
    }

    /** The time that each step took, without the current one. */
    public Phases phases() {
        return timeline.phases();
    }

    /**
     * Registers open connections.
     *
     * @param close called when the attempt ends or moves on to another server
     */
    void takes(Runnable close) {
        closing = close;
    }

    @Override
    final void passed() {
        late();
    }

    /** Ends the attempt because the process is stopping; the result does not describe the service. */
    void breakOff() {
        end(Failure.BROKEN_OFF);
    }

    /**
     * Ends the attempt; does nothing if it has ended.
     *
     * @param failure null if the target answered
     */
    public void end(@Nullable Failure failure) {
        if (over) {
            return;
        }
        if (failure != null && failure.isLackOfFiles()) {
            resources.spare().give();
        }
        timeline.enter(null);
        over = true;
        cancel();
        closeConnection();
        long stood = resources.deadlines().stoodStill() - stoodStillBefore;
        if (!Standstill.spoils(failure == null ? null : failure.outcome(), stood, timeline.nanos(), timeout, again)) {
            result.complete(seen(failure));
        } else if (again) {
            result.complete(seen(Failure.STALLED));
        } else {
            resources.loop().execute(() -> resources.repeat(this)); // a new event loop turn, see closeConnection
        }
    }

    /**
     * Closes the open connection. The next one must be opened in a new event loop turn: a socket opened while the close
     * event is being handled may reuse the file descriptor and receive its events.
     */
    public void closeConnection() {
        Runnable close = closing;
        closing = null;
        if (close != null) {
            close.run();
        }
    }
}
