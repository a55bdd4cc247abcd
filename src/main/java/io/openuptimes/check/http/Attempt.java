package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.openuptimes.check.tls.Handshake;
import io.openuptimes.check.tls.TlsDemands;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
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
    private final Service service;
    private final long timestamp;
    private final Promise<CheckResult> result;
    private final boolean again;

    private @Nullable Redirects redirects;
    private @Nullable Channel channel;
    private int status;
    private boolean over;
    private long stoodStillBefore;

    /**
     * Its time counts from here.
     *
     * @param timestamp epoch milliseconds
     * @param again it has been made before and came to nothing
     * @param result succeeds when the check has ended; never fails
     */
    Attempt(Lane lane, Service service, long timestamp, boolean again, Promise<CheckResult> result) {
        this.lane = lane;
        this.service = service;
        this.timestamp = timestamp;
        this.again = again;
        this.result = result;
    }

    void start(Target target) {
        lane.deadlines().set(this, service.timeout());
        stoodStillBefore = lane.deadlines().stoodStill();
        send(Hop.first(service, target));
    }

    private void send(Hop hop) {
        try {
            new Exchange(lane, this, hop).start();
        } catch (RuntimeException e) {
            LOG.warn("The request of service {} could not be made", service.id(), e);
            end(Failures.of(null, e, null));
        }
    }

    boolean isOver() {
        return over;
    }

    /** How it speaks TLS with that server. */
    TlsDemands tlsDemands(Target target) {
        return TlsDemands.of(service, target);
    }

    /** Time until the deadline, at least a millisecond, rounded up. */
    long remainingMillis() {
        long left = TimeUnit.MILLISECONDS.toNanos(service.timeout()) - timeline.nanos();
        return Math.max(1, (left + 999_999) / 1_000_000);
    }

    void enter(Step next) {
        if (!over) {
            timeline.enter(next);
        }
    }

    /** Takes charge of a connection, which is closed when the check ends or goes on to another one. */
    void takes(Channel opened) {
        channel = opened;
    }

    /** The head of the answer is here. */
    void answering(int code) {
        if (!over) {
            status = code;
            timeline.enter(Step.BODY);
        }
    }

    /**
     * The answer is complete, or as much of it as is read.
     *
     * @param location where it leads, null where it has no such header
     */
    void answered(Hop hop, int code, @Nullable String location) {
        if (over) {
            return;
        }
        if (service.followRedirects() && location != null && Redirects.isRedirect(code)) {
            follow(hop, code, location);
        } else if (code == service.expectedStatus()) {
            end(Outcome.UP, "");
        } else {
            end(Outcome.STATUS, "expected " + service.expectedStatus() + ", got " + code);
        }
    }

    private void follow(Hop hop, int code, String location) {
        redirects = redirects == null ? new Redirects() : redirects;
        Next next = redirects.follow(hop, code, location);
        if (next instanceof Failure failure) {
            end(failure);
        } else if (next instanceof Hop to) {
            timeline.enter(null);
            closeConnection();
            send(to);
        }
    }

    /**
     * The step that is under way has failed.
     *
     * @param handshake of the connection; null without TLS
     */
    void fail(Throwable cause, @Nullable Handshake handshake) {
        end(Failures.of(timeline.step(), cause, handshake));
    }

    /** This node lacks the client certificate that the service names. */
    void lacksCertificate(String name) {
        end(Outcome.TLS, "client certificate " + name + " is not configured here");
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
        String where = step == null ? "" : " (" + step.words() + ")";
        end(Outcome.TIMEOUT, "no answer within " + service.timeout() + " ms" + where);
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
                lane.again(service, result);
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
                status,
                timeline.millis(),
                timeline.phases(),
                error,
                null,
                deniedBy,
                null));
    }

    /**
     * Past all handlers: a close through them waits until what was written before has gone out, which a peer that does
     * not read can put off for ever.
     */
    void closeConnection() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.unsafe().close(open.voidPromise());
        }
    }
}
