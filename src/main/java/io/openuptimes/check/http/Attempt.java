package io.openuptimes.check.http;

import io.openuptimes.check.tls.Handshake;
import io.openuptimes.check.tls.TlsDemands;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One check under way: its requests, one after the other, its deadline, where its time goes, and the connection that it
 * holds open.
 *
 * <p>It ends exactly once, at the deadline at the latest, and whatever connection is open then is closed. Where the event
 * loop stood still meanwhile, what it found out may be of that: the check is made again then, once, and if that goes no
 * better it says that this machine could not make it. Used on one event loop only.
 */
final class Attempt extends Deadlines.Deadline {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Timeline timeline = new Timeline();
    private final Lane lane;
    private final ContextInternal context;
    private final Service service;
    private final Target target;
    private final long timestamp;
    private final Promise<CheckResult> result;
    private final boolean again;

    private @Nullable Redirects redirects;
    private @Nullable Exchange exchange;
    private @Nullable Runnable closing;
    private int status;
    private boolean over;
    private long stoodStillBefore;

    /**
     * Its time counts from here.
     *
     * @param context on whose event loop it runs
     * @param target the service's URL
     * @param timestamp epoch milliseconds
     * @param again it has been made before and came to nothing
     * @param result succeeds when the check has ended; never fails
     */
    Attempt(
            Lane lane,
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
    }

    /**
     * The same check, made a second time.
     *
     * @param now epoch milliseconds
     */
    Attempt again(long now) {
        return new Attempt(lane, context, service, target, now, true, result);
    }

    void start() {
        lane.deadlines().set(this, service.timeout());
        stoodStillBefore = lane.deadlines().stoodStill();
        send(Hop.first(service, target));
    }

    private void send(Hop hop) {
        send(new Exchange(lane, this, hop));
    }

    /**
     * Closes what the exchange before has left open. The next one begins in a turn of its own: a socket that is opened
     * while the event of a closed one is handled may get its file descriptor, and then its events.
     */
    void send(Exchange next) {
        boolean first = exchange == null;
        closeConnection();
        exchange = next;
        if (first) {
            start(next);
        } else {
            lane.loop().execute(() -> start(next));
        }
    }

    private void start(Exchange next) {
        if (!over) {
            context.emit(next, this::startOnContext);
        }
    }

    private void startOnContext(Exchange next) {
        try {
            next.start();
        } catch (RuntimeException e) {
            LOG.warn("The request of service {} could not be made", service.id(), e);
            end(Failures.of(null, e, null, false));
        }
    }

    ContextInternal context() {
        return context;
    }

    boolean isOver() {
        return over;
    }

    /** How it speaks TLS with that server. */
    TlsDemands tlsDemands(Target with) {
        return TlsDemands.of(service, target, with);
    }

    void enter(Step next) {
        if (!over) {
            timeline.enter(next);
        }
    }

    /**
     * Takes charge of connections.
     *
     * @param close is run when the check ends or goes on to another server
     */
    void takes(Runnable close) {
        closing = close;
    }

    /**
     * The head of an answer is here.
     *
     * @return whether its body is to be read: that of a stream has no end, and that of a redirect which is followed says
     *     nothing
     */
    boolean answering(Answer head) {
        status = head.status();
        timeline.enter(Step.BODY);
        return !head.isStream() && !isFollowed(head);
    }

    /** The answer is complete, or as much of it as is read. */
    void answered(Hop hop, Answer complete) {
        if (over) {
            return;
        }
        if (isFollowed(complete)) {
            follow(hop, complete);
        } else {
            judge();
        }
    }

    private boolean isFollowed(Answer head) {
        return service.followRedirects() && head.location() != null && Redirects.isRedirect(head.status());
    }

    private void judge() {
        if (service.expects(status)) {
            end(Outcome.UP, "");
        } else {
            end(Outcome.STATUS, "expected " + service.expectedText() + ", got " + status);
        }
    }

    private void follow(Hop hop, Answer redirect) {
        redirects = redirects == null ? new Redirects(timestamp) : redirects;
        String location = Objects.requireNonNull(redirect.location());
        Next next = redirects.follow(hop, redirect.status(), location, redirect.cookies());
        if (next instanceof Failure failure) {
            end(failure);
        } else if (next instanceof Hop to) {
            timeline.enter(null);
            send(to);
        }
    }

    /**
     * The step that is under way has failed.
     *
     * @param handshake of the connection; null without TLS
     */
    void fail(Throwable cause, @Nullable Handshake handshake) {
        boolean begun = exchange != null && exchange.hasBegun();
        end(Failures.of(timeline.step(), cause, handshake, begun));
    }

    /** This node lacks the client certificate that the service names. */
    void lacksClientCertificate() {
        end(Outcome.TLS, "the client certificate is not configured on this node");
    }

    /**
     * No address of the host may be connected to.
     *
     * @param rule that says so
     */
    void denied(String rule) {
        end(Failure.denied(rule));
    }

    @Override
    void passed() {
        Step step = timeline.step();
        if (step == Step.BODY && exchange != null && exchange.goesOn()) {
            judge();
        } else if (step == Step.BODY) {
            end(Outcome.TIMEOUT, "the answer began with status " + status + " but did not end" + withinTimeout());
        } else if (step == Step.ANSWER && exchange != null && exchange.hasBegun()) {
            end(Outcome.TIMEOUT, "the answer began, but its head did not end" + withinTimeout());
        } else {
            String where = step == null ? "" : " (" + step.words() + ")";
            end(Outcome.TIMEOUT, "no answer" + withinTimeout() + where);
        }
    }

    private String withinTimeout() {
        return " within " + service.timeout() + " ms";
    }

    /** The process stops; what comes of it says nothing of the service. */
    void breakOff() {
        end(Outcome.RESOURCE, "it was broken off");
    }

    private void end(Failure failure) {
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
                complete(Outcome.RESOURCE, "this machine stood still", null);
            } else {
                lane.loop().execute(() -> lane.again(this)); // in a turn of its own, see send
            }
        } else {
            complete(outcome, error, deniedBy);
        }
    }

    private void complete(Outcome outcome, String error, @Nullable String deniedBy) {
        Peer peer = exchange == null ? null : exchange.peer();
        result.complete(new CheckResult(
                service.id(),
                timestamp,
                outcome,
                status,
                timeline.millis(),
                timeline.phases(),
                error,
                null,
                deniedBy,
                peer,
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
